// Asks the platform at the address that it is given whether 1,000 entities are there, in one of three ways, and tells how
// many milliseconds that took. A process of its own for each: the engine, too, has a new one for each preview and update.
import { createRequire } from "node:module";
import { CLIENT } from "./platform.mjs";
import { providerFor } from "./provider.mjs";
import { timed } from "./statistics.mjs";

const require = createRequire(import.meta.url);
const [way, url, bot, flow, count, connections] = process.argv.slice(2);

const WAYS = {
    ours: async () => {
        const provider = providerFor({ url }, process.cwd());
        return timed(async () => {
            const { failures } = await provider.check(
                {},
                {
                    botId: bot,
                    flowId: flow,
                    versionTag: "v1.0.0",
                    changelog: "Bench.",
                    targetEnvironment: "production",
                },
            );
            if (failures) {
                throw new Error(failures[0].reason);
            }
        });
    },
    // What a simple script does: the same checks, each after the one before, or so many side by side.
    plain: () => timed(askPlainly),
};

async function askPlainly() {
    const { Agent, request } = require("undici");
    const dispatcher = new Agent({ connections: Number(connections) });
    const form = {
        grant_type: "client_credentials",
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        audience: CLIENT.audience,
    };
    const token = await request(`${url}/oauth/token`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
        dispatcher,
    });
    const { access_token: bearer } = await token.body.json();
    let next = 0;
    const askOn = async () => {
        while (next < Number(count)) {
            const id = `entity_${next}`;
            next += 1;
            const { statusCode, body } = await request(`${url}/api/v2/bots/${bot}/entities/${id}`, {
                method: "HEAD",
                headers: { authorization: `Bearer ${bearer}` },
                reset: false,
                dispatcher,
            });
            await body.dump();
            if (statusCode !== 200) {
                throw new Error(`${id}: ${statusCode}`);
            }
        }
    };
    await Promise.all(Array.from({ length: Number(connections) }, askOn));
    await dispatcher.close();
}

process.stdout.write(`${await WAYS[way]()}\n`, () => process.exit());
