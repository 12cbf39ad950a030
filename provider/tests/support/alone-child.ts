// One call of the platform in a process of its own, to see what it costs: prints how it ended and the peak of its memory.
import { Agent } from "undici";
import { systemClock } from "../../src/clock.js";
import { BotsPlatform } from "../../src/cognigy/bots/platform.js";
import { OPEN_TO_ALL } from "../../src/cognigy/http/access.js";
import { HttpClient } from "../../src/cognigy/http/client.js";
import type { Platform } from "../../src/cognigy/platform.js";
import { exportArtifact } from "../../src/pipeline/artifact.js";
import type { Pipeline } from "../../src/pipeline/pipeline.js";
import { contentHash } from "../../src/release/content-hash.js";
import { connectionTo } from "./connection.js";
import { inputs } from "./samples.js";

const FLOW = { botId: "bot_12345", flowId: "flow_67890" };

const CALLS: Record<string, (platform: Platform) => Promise<unknown>> = {
    flow: async (platform) => contentHash(await platform.flow(FLOW)),
    dependencies: async (platform) => {
        let count = 0;
        for await (const page of platform.dependencies(FLOW)) {
            count += page.length;
        }
        return count;
    },
    simulation: async (platform) => (await platform.simulation("sim_1")).steps.length,
    deployments: async (platform) => (await platform.deployments("bot_12345", "completed")).length,
    health: (platform) => platform.healthy({ botId: "bot_12345" }),
    releasedFlow: async (platform) => (await platform.releasedFlow(FLOW, "v1.4.1"))?.nodes.length,
    artifact: (platform) =>
        exportArtifact({ platform, projectFolder: process.cwd() } as Pipeline, inputs(), "artifacts"),
};

async function main([origin = "", what = ""]: string[]): Promise<void> {
    const connection = connectionTo(origin);
    const http = new HttpClient({
        address: connection,
        dispatcher: new Agent(),
        clock: systemClock,
        random: Math.random,
        access: () => OPEN_TO_ALL,
        tell: () => {},
    });
    const platform = new BotsPlatform(connection, http);
    const peak = () => process.resourceUsage().maxRSS / 1024;
    const before = peak();
    const ended = await CALLS[what]?.(platform).catch((error: Error) => `${error.name}: ${error.message}`);
    console.log(JSON.stringify({ ended, megabytes: Math.round(peak() - before) }));
    process.exit();
}

void main(process.argv.slice(2));
