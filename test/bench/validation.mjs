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

/** What does no more than make the calls. */
const CLIENTS = {
    request: "undici's request",
    dispatch: "the least of undici",
    http: "Node's http",
    sockets: "sockets by hand",
};

/**
 * Validates 1,000 dependencies at 5 ms a call. Sets the time against that of a client that asks one by one, against what so
 * many calls side by side take at least, and against clients that do no more than make them.
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
        const times = Object.fromEntries(
            ["ours", "oneByOne", ...Object.keys(CLIENTS)].map((way) => [way, []]),
        );
        let once = true;
        for (let round = 0; round < ROUNDS; round += 1) {
            await control.clearRequests();
            times.ours.push(await ask("ours"));
            const heads = (await control.requests()).filter(({ method }) => method === "HEAD");
            once &&= heads.length === COUNT && new Set(heads.map(({ path }) => path)).size === COUNT;
            for (const client of Object.keys(CLIENTS)) {
                times[client].push(await ask(client, CONCURRENCY));
            }
            times.oneByOne.push(await ask("request", 1));
        }
        const milliseconds = Object.fromEntries(
            Object.entries(times).map(([way, all]) => [way, Math.round(median(all))]),
        );
        const { ours, oneByOne } = milliseconds;
        const ratio = oneByOne / ours;
        const limit = (COUNT * LATENCY) / CONCURRENCY;
        const bare = Object.entries(CLIENTS).map(
            ([client, name]) => `${name} ${(milliseconds[client] / limit).toFixed(2)}`,
        );
        return {
            name: "validation",
            work: `validate ${COUNT} dependencies at ${LATENCY} ms a call`,
            measured:
                `1/${ratio.toFixed(1)} of the time of one by one (${ours} of ${oneByOne} ms); ` +
                `${(ours / limit).toFixed(2)} times the limit of ${CONCURRENCY} at a time, bare clients: ${bare.join(", ")}; ` +
                `each called ${once ? "once" : "more than once"}`,
            target: `at most 1/${LEAST_RATIO}; at most ${MOST_OF_LIMIT} times the limit; each called once`,
            met: ratio >= LEAST_RATIO && ours <= MOST_OF_LIMIT * limit && once,
            why:
                "the HTTP library takes its processor's time for each call in a new process, more than the platform's latency " +
                "divided by the calls at a time: bare clients, which do nothing else, are bound by it too",
            milliseconds,
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
