import { editAll, landscape, releasesOf } from "./support/landscape.mjs";
import { startPlatform } from "./support/platform.mjs";
import { keepingStack, nothingStack, releaseStack } from "./support/stacks.mjs";
import { inTurns, median, secondsText, timed } from "./support/statistics.mjs";

const ROUNDS = 2;
const BOTS = 10;
const FLOWS = 20;
const COUNT = BOTS * FLOWS;
const MOST = { noOp: 1.1, update: 1.25, bytes: 3000 };

/**
 * Sets a wide stack of releases against one of as many resources that do nothing, with the same arguments: `up` with nothing
 * to do, and `up` with a new version of each. What the platform takes for a simulation and a deployment is none of it.
 */
export async function wideStack(folder, engine) {
    const data = landscape({ bots: BOTS, flows: FLOWS });
    const platform = await startPlatform(folder, data);
    const pulumi = await engine();
    const ours = await releaseStack(pulumi, platform);
    const nothing = await nothingStack(pulumi, folder);
    const stacks = [ours, nothing];
    const declare = (round) => {
        for (const stack of stacks) {
            stack.declare(releasesOf(data, `v1.${round}.0`));
        }
    };
    try {
        declare(0);
        await ours.run("up", "--yes");
        await nothing.run("up", "--yes");
        const [kept] = own(ours.state());
        const keeping = await keepingStack(pulumi, folder, kept);
        stacks.push(keeping);
        declare(0);
        await keeping.run("up", "--yes");

        const after = { ours: [], nothing: [] };
        const updates = { ours: [], nothing: [], keeping: [] };
        for (let round = 1; round <= ROUNDS; round += 1) {
            await editAll(platform.control, data, round);
            declare(round);
            updates.ours.push(await timed(() => ours.run("up", "--yes")));
            updates.nothing.push(await timed(() => nothing.run("up", "--yes")));
            updates.keeping.push(await timed(() => keeping.run("up", "--yes")));
            // The first one after something was done is the one that people wait for.
            after.ours.push(await timed(() => ours.run("up", "--yes")));
            after.nothing.push(await timed(() => nothing.run("up", "--yes")));
        }
        await platform.control.clearRequests();
        const noOp = await inTurns(
            ROUNDS,
            () => ours.run("up", "--yes"),
            () => nothing.run("up", "--yes"),
        );
        const requests = await platform.control.requests();
        return [
            noOpRow("no-op", `\`up\` of ${COUNT} releases with nothing to do`, noOp, requests),
            noOpRow("no-op-after", "the same right after an update of all", {
                one: median(after.ours),
                other: median(after.nothing),
            }),
            updateRow(median(updates.ours), median(updates.nothing), median(updates.keeping)),
            stateRow(ours.state(), nothing.state()),
        ];
    } finally {
        platform.stop();
        for (const stack of stacks) {
            stack.remove();
        }
    }
}

function own({ resources }) {
    return resources.filter(({ type }) => /bench:Nothing|CognigyFlowRelease/.test(type));
}

function noOpRow(name, work, { one, other }, requests = []) {
    const ratio = one / other;
    const calls = requests.filter(({ path }) => path !== "/oauth/token");
    const mutating = calls.filter(({ method }) => method === "POST").length;
    // Preview and update, the program and the provider: each is a process, and looks at each bot once.
    const most = ROUNDS * 4 * BOTS;
    const told =
        requests.length === 0 ? "" : `; ${calls.length / ROUNDS} calls, ${mutating} of them changing`;
    return {
        name,
        work,
        measured: `${ratio.toFixed(2)} times as long as with resources that do nothing (${secondsText(one)}, ${secondsText(other)})${told}`,
        target: `at most ${MOST.noOp} times${told ? `; none changing, at most ${most / ROUNDS} calls` : ""}`,
        met: ratio <= MOST.noOp && mutating === 0 && calls.length <= most,
        milliseconds: { ours: one, nothing: other },
    };
}

function updateRow(ours, nothing, keeping) {
    const ratio = ours / nothing;
    const least = keeping / nothing;
    return {
        name: "update",
        work: `update of ${COUNT} releases`,
        measured:
            `${ratio.toFixed(2)} times as long as of resources that do nothing (${secondsText(ours)}, ${secondsText(nothing)}); ` +
            `of some that do nothing and keep as much in the state ${least.toFixed(2)} times (${secondsText(keeping)})`,
        target: `at most ${MOST.update} times`,
        met: ratio <= MOST.update,
        milliseconds: { ours, nothing, keeping },
    };
}

function stateRow(ours, nothing) {
    const compact = (state) => JSON.stringify(own(state)).length / COUNT;
    const [bytes, least] = [compact(ours), compact(nothing)];
    return {
        name: "state",
        work: "state of a release",
        measured:
            `${bytes.toFixed(0)} bytes as JSON, ${(ours.bytes / COUNT).toFixed(0)} as the engine indents it; ` +
            `of a resource that does nothing ${least.toFixed(0)} and ${(nothing.bytes / COUNT).toFixed(0)}`,
        target: `at most ${MOST.bytes} bytes`,
        met: bytes <= MOST.bytes,
        bytes: {
            ours: bytes,
            oursIndented: ours.bytes / COUNT,
            nothing: least,
            nothingIndented: nothing.bytes / COUNT,
        },
    };
}
