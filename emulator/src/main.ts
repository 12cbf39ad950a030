import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { DataError } from "./data/load";
import { type Emulator, startEmulator } from "./emulator";

interface Options {
    readonly port: number;
    readonly host: string;
    readonly data?: string;
}

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as {
    version: string;
};

new Command("cognigy-emulator")
    .description("The platform, offline: the bots API and the Cognigy.AI REST API, for demos, tests and CI.")
    .version(version)
    .option("--port <number>", "port to listen on; 0 = any free one", parsePort, 4010)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--data <file>", "data file (JSON); left out, the booking flow that is shipped")
    .action(run)
    .parseAsync();

async function run({ port, host, data }: Options): Promise<void> {
    try {
        const emulator = await startEmulator({ port, host, ...(data === undefined ? {} : { data }) });
        const clients = emulator.platform.tokens.summaries().map((client) => client.clientId);
        console.log(`cognigy-emulator listens on ${emulator.url} (client id: ${clients.join(", ")})`);
        stopOnSignals(emulator);
    } catch (error) {
        console.error(`cognigy-emulator: ${explain(error, port, host)}`);
        process.exitCode = 1;
    }
}

function stopOnSignals(emulator: Emulator): void {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => emulator.close().then(() => process.exit(0)));
    }
}

function parsePort(text: string): number {
    const port = Number(text);
    if (!/^\d+$/.test(text) || port > 65535) {
        throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
    }
    return port;
}

function explain(error: unknown, port: number, host: string): string {
    if (error instanceof DataError) {
        return error.message;
    }
    const { code, message } = error as NodeJS.ErrnoException;
    switch (code) {
        case "EADDRINUSE":
            return `Port ${port} on ${host} is in use. Choose another with --port, or any free one with --port 0.`;
        case "EACCES":
            return `Port ${port} on ${host} may not be used by this user. Choose one from 1024 on with --port.`;
        case "EADDRNOTAVAIL":
        case "ENOTFOUND":
            return `The host ${host} is no address of this machine. Choose another with --host.`;
        default:
            return message;
    }
}
