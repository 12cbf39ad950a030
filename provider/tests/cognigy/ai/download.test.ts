import { Readable } from "node:stream";
import type { AiApi } from "../../../src/cognigy/ai/api.js";
import { downloadSnapshot } from "../../../src/cognigy/ai/download.js";
import type { Tasks } from "../../../src/cognigy/ai/tasks.js";
import { PlatformError } from "../../../src/cognigy/errors.js";
import { FakeClock } from "../../support/fake-clock.js";

const FILE = "x".repeat(200);

/** What is behind each link, one after the other; the last one stays. */
type Behind = { text: string; tellsLength?: boolean } | PlatformError;

async function download(behind: Behind[]) {
    let links = 0;
    const clock = new FakeClock();
    const post = async (path: string) => {
        links += path.endsWith("/downloadlink") ? 1 : 0;
        return { _id: "task", downloadLink: `https://files.example.com/${links}` };
    };
    const follow = async (_: string, consume: (body: Readable, length?: number) => Promise<unknown>) => {
        const found = behind[Math.min(links, behind.length) - 1];
        if (!found || found instanceof PlatformError) {
            throw found;
        }
        return consume(
            Readable.from([found.text]),
            found.tellsLength === false ? undefined : found.text.length,
        );
    };
    const api = { post, http: { follow } } as unknown as AiApi;
    const tasks = { end: async () => {} } as unknown as Tasks;
    const consume = async (body: Readable) => (await body.toArray()).join("");
    const text = await downloadSnapshot({ api, tasks, clock }, "s1", consume);
    return { text, links };
}

const notYet = new PlatformError("conflict", "POST …/downloadlink", "not packaged");

test.each<[string, Behind[], number]>([
    ["is whole from the beginning", [{ text: FILE }], 2],
    ["is not there yet", [notYet, notYet, { text: FILE }], 4],
    ["is a placeholder first", [{ text: "csnap" }, { text: "csnap" }, { text: FILE }], 4],
    ["is empty first", [{ text: "" }, { text: "" }, { text: FILE }], 4],
    ["grows", [{ text: FILE.slice(100) }, { text: FILE }], 3],
    [
        "does not tell its length",
        [
            { text: FILE.slice(100), tellsLength: false },
            { text: FILE, tellsLength: false },
        ],
        3,
    ],
])("a file that %s is taken when it has the same length twice", async (_, behind, links) => {
    expect(await download(behind)).toEqual({ text: FILE, links });
});

test("a file that never comes is given up", async () => {
    await expect(download([notYet])).rejects.toThrow("was packed, and is not whole after 120 s");
});

test("a placeholder is never taken for the file, also where its length is not told", async () => {
    await expect(download([{ text: "csnap", tellsLength: false }])).rejects.toThrow("is not whole");
});

test("a refusal is told as it is", async () => {
    const refusal = new PlatformError("forbidden", "GET", "needs a role");
    await expect(download([refusal])).rejects.toBe(refusal);
});
