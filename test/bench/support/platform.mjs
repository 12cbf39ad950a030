import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { ControlClient, demoClient } = require("cognigy-emulator");

/** How the client of all measurements gets in. */
export const CLIENT = demoClient;

/**
 * Starts an emulated platform in a process of its own, so that what it costs is not counted as ours.
 *
 * @param {string} folder For what is written on the way.
 * @param {object} data The emulator's data file.
 */
export async function startPlatform(folder, data) {
    const file = join(mkdtempSync(join(folder, "platform-")), "data.json");
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
    const url = /http:\/\/[^\s)]+/.exec(line)?.[0];
    return {
        url,
        control: new ControlClient(url),
        /** The platform as a user's environment names it. */
        env: {
            COGNIGY_BASE_URL: url,
            COGNIGY_CLIENT_ID: demoClient.clientId,
            COGNIGY_CLIENT_SECRET: demoClient.clientSecret,
            COGNIGY_AUDIENCE: demoClient.audience,
        },
        stop: () => child.kill(),
    };
}
