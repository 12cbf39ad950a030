import { createRequire } from "node:module";
import { CLIENT, startPlatform } from "./support/platform.mjs";
import { providerFor } from "./support/provider.mjs";
import { median, timed } from "./support/statistics.mjs";

const require = createRequire(import.meta.url);

const COUNT = 1000;
/** Milliseconds. */
const LATENCY = 5;
const BOT = "bot_bench";
const FLOW = "flow_bench";
const ROUNDS = 3;
const LEAST_RATIO = 15;
const MOST_OF_LIMIT = 1.25;
/** The default of `cognigy:maxConcurrency`. */
const CONCURRENCY = 16;

/**
 * Validates 1,000 dependencies at 5 ms a call, and sets the time against that of a client that asks one by one, and against
 * what so many calls side by side take at least.
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
        const times = { ours: [], oneByOne: [] };
        let once = true;
        for (let round = 0; round < ROUNDS; round += 1) {
            await control.clearRequests();
            const provider = providerFor(platform, folder);
            times.ours.push(
                await timed(async () => {
                    const { failures } = await provider.check({}, RELEASE);
                    if (failures) {
                        throw new Error(failures[0].reason);
                    }
                }),
            );
            const heads = (await control.requests()).filter(({ method }) => method === "HEAD");
            once &&= heads.length === COUNT && new Set(heads.map(({ path }) => path)).size === COUNT;
            times.oneByOne.push(await timed(() => askOneByOne(platform.url, CLIENT)));
        }
        const [ours, oneByOne] = [median(times.ours), median(times.oneByOne)];
        const ratio = oneByOne / ours;
        const ofLimit = ours / ((COUNT * LATENCY) / CONCURRENCY);
        return {
            name: "validation",
            work: `validate ${COUNT} dependencies at ${LATENCY} ms a call`,
            measured:
                `1/${ratio.toFixed(1)} of the time of one by one (${ours.toFixed(0)} of ${oneByOne.toFixed(0)} ms); ` +
                `${ofLimit.toFixed(2)} times the limit of ${CONCURRENCY} at a time; each called ${once ? "once" : "more than once"}`,
            target: `at most 1/${LEAST_RATIO}; at most ${MOST_OF_LIMIT} times the limit; each called once`,
            met: ratio >= LEAST_RATIO && ofLimit <= MOST_OF_LIMIT && once,
            milliseconds: { ours: Math.round(ours), oneByOne: Math.round(oneByOne) },
        };
    } finally {
        platform.stop();
    }
}

const RELEASE = {
    botId: BOT,
    flowId: FLOW,
    versionTag: "v1.0.0",
    changelog: "Bench.",
    targetEnvironment: "production",
};

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

/** What a simple script does: the same checks, each after the one before, over one connection. */
async function askOneByOne(url, { clientId, clientSecret, audience }) {
    const { Agent, request } = require("undici");
    const dispatcher = new Agent({ connections: 1 });
    const form = {
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        audience,
    };
    const token = await request(`${url}/oauth/token`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
        dispatcher,
    });
    const { access_token: bearer } = await token.body.json();
    for (let index = 0; index < COUNT; index += 1) {
        const { statusCode, body } = await request(`${url}/api/v2/bots/${BOT}/entities/entity_${index}`, {
            method: "HEAD",
            headers: { authorization: `Bearer ${bearer}` },
            reset: false,
            dispatcher,
        });
        await body.dump();
        if (statusCode !== 200) {
            throw new Error(`entity_${index}: ${statusCode}`);
        }
    }
    await dispatcher.close();
}
