import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { ControlClient } from "../src/control-client";

// The package as it is installed, compiled on the spot: these tests depend on no earlier build.
const source = join(__dirname, "..");
const installed = mkdtempSync(join(tmpdir(), "emulator-installed-"));

beforeAll(() => {
    for (const part of ["bin", "data", "package.json"]) {
        cpSync(join(source, part), join(installed, part), { recursive: true });
    }
    symlinkSync(join(source, "..", "node_modules"), join(installed, "node_modules"));
    buildSync({
        entryPoints: readdirSync(join(source, "src"), { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => join(source, "src", file)),
        outdir: join(installed, "dist"),
        format: "cjs",
        platform: "node",
        target: "node20",
    });
});

afterAll(() => rmSync(installed, { recursive: true }));

// A process takes its time to start when the machine is busy.
jest.setTimeout(30_000);

const children: ChildProcess[] = [];

afterEach(() => {
    for (const child of children.splice(0)) {
        child.kill("SIGKILL");
    }
});

function run(...args: string[]): {
    child: ChildProcess;
    output: Promise<{ code: unknown; out: string; err: string }>;
} {
    const child = spawn(process.execPath, [join(installed, "bin", "cognigy-emulator.js"), ...args]);
    children.push(child);
    const text = { out: "", err: "" };
    child.stdout.on("data", (chunk) => {
        text.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
        text.err += chunk;
    });
    const output = once(child, "close").then(([code]) => ({ code, ...text }));
    return { child, output };
}

async function firstLine(child: ChildProcess): Promise<string> {
    const [chunk] = await once(child.stdout as NodeJS.ReadableStream, "data");
    return String(chunk);
}

function write(name: string, content: unknown): string {
    const file = join(installed, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
}

test("prints where it listens and for whom; stops on SIGINT even while a request waits", async () => {
    const { child, output } = run("--port", "0");
    const line = await firstLine(child);
    expect(line).toMatch(
        /^cognigy-emulator listens on http:\/\/127\.0\.0\.1:[1-9]\d* \(client id: demo-client\)\n$/,
    );
    const url = /http\S+/.exec(line)?.[0] ?? "";
    const control = new ControlClient(url);
    await control.addFault({ fault: { kind: "latency", ms: 60_000 } });
    const waiting = fetch(`${url}/x`).catch((error: Error) => error);
    while ((await control.requests()).length === 0) {
        await new Promise(setImmediate);
    }
    const begun = performance.now();
    child.kill("SIGINT");
    expect(await output).toEqual({ code: 0, out: line, err: "" });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(await waiting).toMatchObject({ message: "fetch failed" });
});

test("takes a data file; refuses a port that is in use; stops on SIGTERM", async () => {
    const file = write("own.json", { clients: [{ clientId: "mine", clientSecret: "s" }], bots: [] });
    const first = run("--port", "0", "--data", file);
    const [, port = "", clients] = /:(\d+) \((.*)\)/.exec(await firstLine(first.child)) ?? [];
    expect(clients).toBe("client id: mine");
    expect(await run("--port", port).output).toEqual({
        code: 1,
        out: "",
        err: `cognigy-emulator: Port ${port} on 127.0.0.1 is in use. Choose another with --port, or any free one with --port 0.\n`,
    });
    first.child.kill("SIGTERM");
    expect((await first.output).code).toBe(0);
});

test.each([
    ["--data", "wrong.json", "wrong.json: bots[0].id is required."],
    ["--host", "192.0.2.1", "The host 192.0.2.1 is no address of this machine. Choose another with --host."],
    ["--port", "65536", "It must be a whole number from 0 to 65535."],
])("says what is wrong with %s %s, in one line", async (option, value, message) => {
    const given = option === "--data" ? write(value, { bots: [{}] }) : value;
    const { code, out, err } = await run(option, given).output;
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
});
