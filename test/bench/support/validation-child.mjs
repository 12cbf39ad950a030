// Asks the platform at the address that it is given whether 1,000 entities are there, as the provider does or as a bare client,
// and tells how many milliseconds that took. A process of its own for each: the engine, too, has a new one for each preview and update.
import { BARE_CLIENTS } from "./bare-clients.mjs";
import { CLIENT } from "./platform.mjs";
import { providerFor } from "./provider.mjs";
import { timed } from "./statistics.mjs";

const [way, url, bot, flow, count, connections] = process.argv.slice(2);

async function validate() {
    const provider = providerFor({ url }, process.cwd());
    const release = {
        botId: bot,
        flowId: flow,
        versionTag: "v1.0.0",
        changelog: "Bench.",
        targetEnvironment: "production",
    };
    return timed(async () => {
        const { failures } = await provider.check({}, release);
        if (failures) {
            throw new Error(failures[0].reason);
        }
    });
}

/** The same checks and nothing else, so many side by side. */
async function askBarely(client) {
    const authorization = `Bearer ${await token()}`;
    let asked = 0;
    const next = () => {
        asked += 1;
        return asked > Number(count) ? undefined : `/api/v2/bots/${bot}/entities/entity_${asked - 1}`;
    };
    return timed(() => client({ url: new URL(url), authorization, connections: Number(connections), next }));
}

async function token() {
    const form = {
        grant_type: "client_credentials",
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        audience: CLIENT.audience,
    };
    const answer = await fetch(`${url}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
    return (await answer.json()).access_token;
}

const milliseconds = await (way === "ours" ? validate() : askBarely(BARE_CLIENTS[way]));
process.stdout.write(`${milliseconds}\n`, () => process.exit());
