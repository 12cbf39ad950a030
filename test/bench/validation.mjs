import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/root.mjs";
import { startPlatform } from "./support/platform.mjs";
import { median } from "./support/statistics.mjs";

const COUNT = 1000;
/** Milliseconds. */
const LATENCY = 5;
const BOT = "bot_bench";
const FLOW = "flow_bench";
const ROUNDS = 5;
const LEAST_RATIO = 15;
const MOST_OF_LIMIT = 1.25;
/** The default of `cognigy:maxConcurrency`. */
const CONCURRENCY = 32;

/**
 * Validates 1,000 dependencies at 5 ms a call. Sets the time against that of a client that asks one by one, against what so
 * many calls side by side take at least, and against a bare HTTP client that does no more than make them.
 *
 * @param {string} folder For what is written on the way.
 */
export async function validation(folder) {
    const platform = await startPlatform(folder, DATA);
    const { control } = platform;
    try {
        await control.addFault({
            match: { method: "HEAD" },
            times: null,
            fault: { kind: "latency", ms: LATENCY },
        });
        const ask = (way, connections) => timeOf(folder, [way, platform.url, BOT, FLOW, COUNT, connections]);
        const times = { ours: [], bare: [], oneByOne: [] };
        let once = true;
        for (let round = 0; round < ROUNDS; round += 1) {
            await control.clearRequests();
            times.ours.push(await ask("ours"));
            const heads = (await control.requests()).filter(({ method }) => method === "HEAD");
            once &&= heads.length === COUNT && new Set(heads.map(({ path }) => path)).size === COUNT;
            times.bare.push(await ask("plain", CONCURRENCY));
            times.oneByOne.push(await ask("plain", 1));
        }
        const [ours, bare, oneByOne] = [median(times.ours), median(times.bare), median(times.oneByOne)];
        const ratio = oneByOne / ours;
        const ofLimit = ours / ((COUNT * LATENCY) / CONCURRENCY);
        return {
            name: "validation",
            work: `validate ${COUNT} dependencies at ${LATENCY} ms a call`,
            measured:
                `1/${ratio.toFixed(1)} of the time of one by one (${ours.toFixed(0)} of ${oneByOne.toFixed(0)} ms); ` +
                `${ofLimit.toFixed(2)} times the limit of ${CONCURRENCY} at a time, a bare client ${((bare / ours) * ofLimit).toFixed(2)} times; ` +
                `each called ${once ? "once" : "more than once"}`,
            target: `at most 1/${LEAST_RATIO}; at most ${MOST_OF_LIMIT} times the limit; each called once`,
            met: ratio >= LEAST_RATIO && ofLimit <= MOST_OF_LIMIT && once,
            why:
                "a new process takes its processor's time for each call, more than the platform's latency divided by the " +
                "calls at a time: the bare client, which does nothing else, is bound by it too",
            milliseconds: { ours: Math.round(ours), bare: Math.round(bare), oneByOne: Math.round(oneByOne) },
        };
    } finally {
        platform.stop();
    }
}

async function timeOf(folder, args) {
    const child = join(root, "test", "bench", "support", "validation-child.mjs");
    const cwd = mkdtempSync(join(folder, "validation-"));
    const { stdout } = await promisify(execFile)(process.execPath, [child, ...args.map(String)], { cwd });
    return Number(stdout);
}

const IDS = Array.from({ length: COUNT }, (_, index) => `entity_${index}`);

/** A flow that has one dependency on each of many entities. */
const DATA = {
    bots: [
        {
            id: BOT,
            entities: IDS.map((id) => ({ id })),
            flows: [
                {
                    id: FLOW,
                    nodes: [{ id: "n1", type: "start" }],
                    dependencies: IDS.map((id) => ({
                        resourceType: "entity",
                        resourceId: id,
                        referencePath: `nodes/n1/config/${id}`,
                    })),
                },
            ],
        },
    ],
};
