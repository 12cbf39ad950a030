import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { GENESIS, seal } from "../../src/ledger/chain.js";
import type { LedgerEvent } from "../../src/ledger/event.js";
import { FileReader } from "../../src/ledger/file-reader.js";
import { verifyChain } from "../../src/ledger/verify.js";
import { canonicalJson } from "../../src/release/canonical.js";
import { chainOf, newEvent, textOf } from "../support/ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const CHAIN = chainOf(
    Array.from({ length: 5 }, (_, number) => ({ event: newEvent(number), at: number * 1000 })),
);
const LINES = CHAIN.map((event) => `${canonicalJson(event)}\n`);
const [ONE, TWO, THREE, FOUR, FIVE] = LINES as [string, string, string, string, string];

const file = join(temporaryFolder(), "ledger.jsonl");

async function verdictOn(content: string | Buffer, expected?: string) {
    writeFileSync(file, content);
    return verifyChain(new FileReader(file), expected);
}

/** A forged event that follows another by the rules. */
function forgedAfter(previousHash: string): string {
    const { hash: _, ...event } = CHAIN[0] as LedgerEvent;
    return `${canonicalJson(seal({ ...event, status: "failed" }, previousHash))}\n`;
}

describe("the chain of a ledger", () => {
    it("is good when nothing was changed, and names its head", async () => {
        expect(await verdictOn(LINES.join(""))).toEqual({ events: 5, head: CHAIN[4]?.hash });
        expect(await verdictOn("")).toEqual({ events: 0, head: GENESIS });
    });

    it.each<[string, string[], number, string]>([
        [
            "a changed word",
            [ONE, TWO.replace("completed", "cpmpleted"), THREE],
            2,
            "line 2 was altered: its hash is not that of what it says.",
        ],
        [
            "the order of its words",
            [ONE, `{"version_tag":"v1.4.2",${TWO.slice(1).replace(',"version_tag":"v1.4.2"', "")}`],
            2,
            "line 2 was altered: it is not written as the ledger writes.",
        ],
        [
            "another line end",
            [ONE, TWO.replace("\n", "\r\n"), THREE],
            2,
            "line 2 was altered: it is not written as the ledger writes.",
        ],
        ["something else", [ONE, "TWO\n", THREE], 2, "line 2 was altered or added: it is no event."],
        ["an empty line", [ONE, TWO, "\n", THREE], 3, "line 3 was added: it is empty."],
        [
            "a missing line",
            [ONE, THREE, FOUR],
            2,
            "line 2 does not follow line 1: an event between them was removed, or line 1 was replaced.",
        ],
        [
            "a line with a new hash of its own",
            [ONE, forgedAfter((CHAIN[0] as LedgerEvent).hash), THREE, FOUR],
            3,
            "line 3 does not follow line 2: an event between them was removed, or line 2 was replaced.",
        ],
        [
            "a missing beginning",
            [TWO, THREE],
            1,
            "line 1 is not the first event of this ledger: what was before it was removed.",
        ],
        ["two lines swapped", [ONE, THREE, TWO, FOUR], 2, "line 2 was moved: it follows what is in line 3."],
        [
            "two lines far apart swapped",
            [FOUR, TWO, THREE, ONE, FIVE],
            1,
            "line 1 was moved: it follows what is in line 3.",
        ],
        [
            "a line moved back",
            [ONE, TWO, FOUR, FIVE, THREE],
            3,
            "line 3 was moved: it follows what is in line 5.",
        ],
        ["a line twice", [ONE, TWO, TWO, THREE], 3, "line 3 was added: it is line 2 again."],
        ["a line of before", [ONE, TWO, THREE, ONE], 4, "line 4 was added: it is line 1 again."],
        ["a line of later", [ONE, FOUR, TWO, THREE, FOUR], 2, "line 2 was added: it is line 5 again."],
        [
            "a forged line that follows nothing",
            [ONE, forgedAfter(`sha256:${"1".repeat(64)}`), TWO],
            2,
            "line 2 was added: line 3 is what follows line 1.",
        ],
        [
            "a forged first line that follows nothing",
            [forgedAfter(`sha256:${"1".repeat(64)}`), ONE],
            1,
            "line 1 was added: line 2 is what follows the beginning.",
        ],
        [
            "a forged line that follows the one before",
            [ONE, forgedAfter((CHAIN[0] as LedgerEvent).hash), TWO, THREE],
            2,
            "line 2 or line 3 was added: both follow line 1, and only one event can.",
        ],
        [
            "a forged line that follows an older one",
            [ONE, TWO, THREE, forgedAfter((CHAIN[0] as LedgerEvent).hash)],
            2,
            "line 2 or line 4 was added: both follow line 1, and only one event can.",
        ],
        [
            "a forged first line",
            [forgedAfter(GENESIS), ONE],
            1,
            "line 1 or line 2 was added: both follow the beginning, and only one event can.",
        ],
        [
            "a last line that is cut off",
            [ONE, TWO, THREE.slice(0, 50)],
            3,
            "line 3 was altered, or its writer ended in the middle of it: it is cut off; the next event moves it aside.",
        ],
        [
            "a missing last line end",
            [ONE, TWO.trimEnd()],
            2,
            "line 2 has no line end: it was removed, or its writer ended just before it; the next event adds it.",
        ],
    ])("does not hold with %s", async (_what, lines, place, text) => {
        const verdict = await verdictOn(lines.join(""));
        expect(verdict.fault).toEqual({ place, text });
    });

    it("does not hold with bytes that only look like what was there", async () => {
        const odd = textOf(chainOf([{ event: newEvent(1, { flow_id: "flow_\ufffd" }), at: 0 }]));
        expect((await verdictOn(odd)).fault).toBeUndefined();
        const [before, after] = odd.split("\ufffd") as [string, string];
        const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
        expect(bytes.toString()).toBe(odd);
        expect((await verdictOn(bytes)).fault?.place).toBe(1);
    });

    it("shows that its end was removed to who knows an event that was there", async () => {
        const known = (CHAIN[3] as LedgerEvent).hash;
        expect((await verdictOn(LINES.join(""), known)).fault).toBeUndefined();
        expect((await verdictOn(ONE + TWO)).fault).toBeUndefined();
        expect((await verdictOn(ONE + TWO, known)).fault).toEqual({
            place: 3,
            text: `line 3 is missing: the event with the hash ${known} was removed from the end, or was never here.`,
        });
        expect((await verdictOn("", GENESIS)).fault).toBeUndefined();
    });
});

/** One edit of a ledger's file. */
const edits = fc.oneof(
    fc.record({ how: fc.constant("flip" as const), at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ how: fc.constant("insert" as const), at: fc.nat(), byte: fc.nat(255) }),
    fc.record({ how: fc.constant("delete" as const), at: fc.nat() }),
    fc.record({ how: fc.constant("cut" as const), at: fc.nat() }),
    fc.record({ how: fc.constant("drop" as const), line: fc.nat() }),
    fc.record({ how: fc.constant("swap" as const), line: fc.nat(), other: fc.nat() }),
    fc.record({ how: fc.constant("move" as const), line: fc.nat(), to: fc.nat() }),
    fc.record({ how: fc.constant("copy" as const), line: fc.nat(), to: fc.nat() }),
    fc.record({ how: fc.constant("forge" as const), line: fc.nat(), to: fc.nat(), links: fc.boolean() }),
);

type Edit = typeof edits extends fc.Arbitrary<infer E> ? E : never;

function edited(chain: readonly LedgerEvent[], edit: Edit): Buffer {
    const bytes = Buffer.from(textOf(chain));
    const lines = chain.map((event) => textOf([event]));
    const at = "at" in edit ? edit.at % bytes.length : 0;
    const line = "line" in edit ? edit.line % lines.length : 0;
    const to = "to" in edit ? edit.to % (lines.length + 1) : 0;
    switch (edit.how) {
        case "flip":
            bytes[at] = (bytes[at] as number) ^ edit.bits;
            return bytes;
        case "insert":
            return Buffer.concat([bytes.subarray(0, at), Buffer.from([edit.byte]), bytes.subarray(at)]);
        case "delete":
            return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
        case "cut":
            return bytes.subarray(0, at);
        case "drop":
            lines.splice(line, 1);
            break;
        case "swap": {
            const other = edit.other % lines.length;
            [lines[line], lines[other]] = [lines[other] as string, lines[line] as string];
            break;
        }
        case "move": {
            const [moved] = lines.splice(line, 1) as [string];
            lines.splice(to % (lines.length + 1), 0, moved);
            break;
        }
        case "copy":
            lines.splice(to, 0, lines[line] as string);
            break;
        case "forge": {
            const linked = edit.links ? (chain[to - 1]?.hash ?? GENESIS) : `sha256:${"1".repeat(64)}`;
            lines.splice(to, 0, forgedAfter(linked));
            break;
        }
    }
    return Buffer.from(lines.join(""));
}

/** The first line in which two files differ; 0 where they are equal. */
function firstDifference(one: Buffer, other: Buffer): number {
    const [ours, theirs] = [one, other].map((bytes) => bytes.toString("latin1").split(/(?<=\n)/)) as [
        string[],
        string[],
    ];
    const length = Math.max(ours.length, theirs.length);
    return one.equals(other)
        ? 0
        : Array.from({ length }, (_, index) => index).findIndex((index) => ours[index] !== theirs[index]) + 1;
}

test("one edit of a ledger's file, whichever, is found at the first line that differs", async () => {
    const events = fc.array(
        fc.record({
            event: fc
                .record({ number: fc.nat(99), reason: fc.string({ unit: "binary", maxLength: 8 }) })
                .map(({ number, reason }) =>
                    newEvent(number, { details: { target_environment: "production", reason } }),
                ),
            at: fc.nat(1_000_000_000),
        }),
        { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
        fc.asyncProperty(events, edits, async (given, edit) => {
            const chain = chainOf(given);
            const after = edited(chain, edit);
            const place = firstDifference(Buffer.from(textOf(chain)), after);
            const verdict = await verdictOn(after, chain.at(-1)?.hash);
            // Whoever adds one that follows the last one by the rules has written an event, not edited one.
            const appended = edit.how === "forge" && edit.links && place > chain.length;
            expect(verdict.fault?.place).toBe(place === 0 || appended ? undefined : place);
            expect(verdict.fault?.text ?? "line").toContain("line");
        }),
        { numRuns: 400 },
    );
});
