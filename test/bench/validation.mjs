import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);

const COUNT = 1000;
const LATENCY = 5;
const BOT = "bot_bench";
const FLOW = "flow_bench";

/**
 * Validates 1,000 dependencies at 5 ms a call, and sets the time against that of a client that asks one by one.
 *
 * @param {string} folder For what is written on the way.
 */
export async function validation(folder) {
    const { ControlClient, demoClient } = require("cognigy-emulator");
    const platform = await startPlatform(folder);
    try {
        const control = new ControlClient(platform.url);
        await control.addFault({
            match: { method: "HEAD" },
            times: null,
            fault: { kind: "latency", ms: LATENCY },
        });

        Object.assign(process.env, { XDG_CACHE_HOME: folder });
        process.chdir(folder);
        const { provider } = require("pulumi-cognigy/provider");
        const config = {
            "cognigy:baseUrl": platform.url,
            "cognigy:clientId": demoClient.clientId,
            "cognigy:clientSecret": demoClient.clientSecret,
            "cognigy:audience": demoClient.audience,
        };
        provider.configure({ config: { get: (key) => config[key] } });

        const ours = await timed(async () => {
            const { failures } = await provider.check({}, RELEASE);
            if (failures) {
                throw new Error(failures[0].reason);
            }
        });
        const heads = (await control.requests()).filter(({ method }) => method === "HEAD");
        const oneByOne = await timed(() => askOneByOne(platform.url, demoClient));
        const ratio = oneByOne / ours;
        const once = heads.length === COUNT && new Set(heads.map(({ path }) => path)).size === COUNT;
        return {
            work: `validate ${COUNT} dependencies at ${LATENCY} ms a call`,
            measured: `${ratio.toFixed(1)} times faster than one by one; ${heads.length} calls for ${COUNT} resources`,
            target: "at least 10 times faster; each called once",
            met: ratio >= 10 && once,
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

/** A platform in a process of its own, whose flow has one dependency on each of many entities. */
async function startPlatform(folder) {
    const ids = Array.from({ length: COUNT }, (_, index) => `entity_${index}`);
    const data = {
        bots: [
            {
                id: BOT,
                entities: ids.map((id) => ({ id })),
                flows: [
                    {
                        id: FLOW,
                        nodes: [{ id: "n1", type: "start" }],
                        dependencies: ids.map((id) => ({
                            resourceType: "entity",
                            resourceId: id,
                            referencePath: `nodes/n1/config/${id}`,
                        })),
                    },
                ],
            },
        ],
    };
    const file = join(folder, "bench-data.json");
    writeFileSync(file, JSON.stringify(data));
    const command = join(
        dirname(require.resolve("cognigy-emulator/package.json")),
        "bin",
        "cognigy-emulator.js",
    );
    const child = spawn(process.execPath, [command, "--port", "0", "--data", file], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(createInterface(child.stdout), "line");
    const url = /http:\/\/\S+/.exec(line)?.[0];
    return { url, stop: () => child.kill() };
}

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

async function timed(work) {
    const began = performance.now();
    await work();
    return performance.now() - began;
}
