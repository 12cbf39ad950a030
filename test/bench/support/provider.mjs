import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { CLIENT } from "./platform.mjs";

const require = createRequire(import.meta.url);

let count = 0;

/**
 * The provider as the engine loads it, in this process, for a platform: with a cache and a ledger of its own.
 *
 * @param {{ url: string }} platform
 * @param {string} folder
 * @param {Record<string, string>} [more] Settings of the stack.
 */
export function providerFor({ url }, folder, more = {}) {
    count += 1;
    const own = join(folder, `provider-${count}`);
    mkdirSync(own);
    process.env.XDG_CACHE_HOME = own;
    // What it tells people is not for the table.
    console.log = () => {};
    // Each measurement has a provider that remembers nothing.
    delete require.cache[require.resolve("pulumi-cognigy/provider")];
    const { provider } = require("pulumi-cognigy/provider");
    const config = {
        "cognigy:baseUrl": url,
        "cognigy:clientId": CLIENT.clientId,
        "cognigy:clientSecret": CLIENT.clientSecret,
        "cognigy:audience": CLIENT.audience,
        "cognigy:ledger": join(own, "ledger.jsonl"),
        ...more,
    };
    provider.configure({ config: { get: (key) => config[key] } });
    return provider;
}
