import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { openReader } from "../../src/ledger/open-ledger.js";
import { type Verdict, verifyChain } from "../../src/ledger/verify.js";
import { bundle } from "../support/bundle.js";
import { eventsIn, newEvent, openForTest } from "../support/ledger.js";
import { PostgresServer } from "../support/postgres-server.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const WRITERS = ["run-1", "run-2", "run-3", "run-4"];
const EACH = 250;
let writer: string;
let server: PostgresServer;

beforeAll(async () => {
    writer = join(temporaryFolder(), "writer.js");
    bundle("tests/support/ledger-writer.ts", writer);
    server = await PostgresServer.start();
}, 60_000);
afterAll(async () => {
    await server.stop();
    removeTemporaryFolders();
});

async function verdictOn(ledger: string): Promise<Verdict> {
    const reader = openReader(ledger);
    try {
        return await verifyChain(reader);
    } finally {
        await reader.close();
    }
}

async function runsIn(ledger: string): Promise<Map<string, unknown[]>> {
    const opened = openForTest(ledger);
    const runs = new Map<string, unknown[]>();
    for (const { run, details } of await eventsIn(opened)) {
        runs.set(run, [...(runs.get(run) ?? []), details.number]);
    }
    await opened.close();
    return runs;
}

function startWriter(ledger: string, run: string, count: number): ChildProcess {
    return spawn(process.execPath, [writer, ledger, run, String(count)], {
        stdio: ["ignore", "pipe", "inherit"],
    });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
    child.stdout?.resume();
    const [code] = await once(child, "exit");
    return code;
}

describe.each<[string, () => string]>([
    ["a file", () => join(temporaryFolder(), "ledger.jsonl")],
    ["PostgreSQL", () => server.url()],
])("four processes that write 250 events each into %s", (_store, place) => {
    it("make one chain of a thousand, each of them in its own order", async () => {
        const ledger = place();
        const codes = await Promise.all(WRITERS.map((run) => exitOf(startWriter(ledger, run, EACH))));
        expect(codes).toEqual([0, 0, 0, 0]);
        expect(await verdictOn(ledger)).toEqual({
            events: WRITERS.length * EACH,
            head: expect.stringMatching(/^sha256:/),
        });
        const numbers = Array.from({ length: EACH }, (_, number) => number);
        const runs = await runsIn(ledger);
        expect(runs).toEqual(new Map([...runs.keys()].map((run) => [run, numbers])));
        expect([...runs.keys()].sort()).toEqual(WRITERS);
    }, 60_000);
});

test("a process that is killed while it writes loses nothing that it was told is written", async () => {
    const ledger = join(temporaryFolder(), "ledger.jsonl");
    let written = 0;
    for (const run of WRITERS) {
        const child = startWriter(ledger, run, 1_000_000);
        let said = "";
        child.stdout?.on("data", (chunk: Buffer) => {
            said += chunk;
            if (said.split("\n").length > 20) {
                child.kill("SIGKILL");
            }
        });
        await once(child, "close");
        written += said.split("\n").length - 1;
        if (existsSync(`${ledger}.lock`)) {
            // As if some seconds had gone by.
            utimesSync(`${ledger}.lock`, 1, 1);
        }
    }
    const opened = openForTest(ledger);
    await opened.append(newEvent(0));
    const { events, fault } = await verdictOn(ledger);
    expect(fault).toBeUndefined();
    expect(events).toBeGreaterThan(written);
});

// A limit on the size of files is the full disk that needs no rights to make: a write of a line ends in the middle of it.
(process.platform === "win32" ? test.skip : test)(
    "on a full disk a line is written whole, or not at all",
    () => {
        const folder = temporaryFolder();
        const ledger = join(folder, "ledger.jsonl");
        const limited = 'ulimit -f 8; exec "$0" "$@"';
        const { status, stdout, stderr } = spawnSync(
            "sh",
            ["-c", limited, process.execPath, writer, ledger, "run-1", "100"],
            { encoding: "utf8" },
        );
        expect(status).toBe(1);
        expect(stderr).toBe(
            `the ledger ${ledger} cannot be written (EFBIG): nothing is deployed without a record. ` +
                "Make it writable, or set `cognigy:ledger` to a file that is.\n",
        );
        const text = readFileSync(ledger, "utf8");
        expect(text.endsWith("\n")).toBe(true);
        expect(text.trimEnd().split("\n")).toHaveLength(stdout.trimEnd().split("\n").length);
    },
);
