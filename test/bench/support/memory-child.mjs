// Releases a flow of the platform at the address that it is given, and tells by how much its process grew.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const MB = 1024 * 1024;

const { provider } = require("pulumi-cognigy/provider");
const config = {
    "cognigy:baseUrl": process.argv[2],
    "cognigy:clientId": "client",
    "cognigy:clientSecret": "secret",
};
provider.configure({ config: { get: (key) => config[key] } });
const idle = process.memoryUsage().rss;
const { inputs, failures } = await provider.check(
    {},
    {
        botId: "bot_heavy",
        flowId: "flow_heavy",
        versionTag: "v1.0.0",
        changelog: "Bench.",
        targetEnvironment: "production",
        artifact: { directory: process.cwd() },
    },
);
if (failures) {
    throw new Error(failures[0].reason);
}
const { outs } = await provider.create(inputs);
// Kilobytes, on Linux and macOS alike.
const grown = process.resourceUsage().maxRSS / 1024 - idle / MB;
const { gates, status } = JSON.parse(outs.record);
console.log(JSON.stringify({ grown, checked: gates.dependencies.checked, status }));
