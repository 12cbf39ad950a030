import fc from "fast-check";
import { flowDiffHtml } from "../../src/formats/html.js";
import { flowDiffJson } from "../../src/formats/json.js";
import { flowDiffMarkdown } from "../../src/formats/markdown.js";
import { flowDiffSideBySide } from "../../src/formats/side-by-side.js";
import type { FlowDiff } from "../../src/release/diff/change.js";
import { diffFlows } from "../../src/release/diff/diff.js";
import type { FlowDefinition } from "../../src/release/flow.js";
import { anyTrapFlow } from "../support/any-trap-flow.js";

/** What moves a cursor, turns the direction of writing, or is half a character. */
const UNSEEN = /[\p{Cs}\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u;

const TAGS =
    /<\/?(?:section|style|h2|p|ul|li|span|div|pre|del|ins)(?: class="[a-z -]+")?>|&(?:amp|lt|gt|quot|#39);/g;

const FORMATS: [string, (diff: FlowDiff) => string][] = [
    ["in a terminal", (diff) => flowDiffSideBySide(diff, "Booking", { columns: 80, colours: false })],
    ["in Markdown", (diff) => flowDiffMarkdown(diff, "Booking")],
    ["in HTML", (diff) => flowDiffHtml(diff, "Booking")],
    ["as JSON", flowDiffJson],
];

/** What there is to tell of any two flows; the same flow with one text changed has texts to show. */
const anyDiff = fc.tuple(anyTrapFlow, anyTrapFlow).map(([one, other]) => diffFlows(one, other));

function saying(text: unknown, more: object = {}): FlowDefinition {
    return {
        id: "flow_1",
        updated_at: "now",
        nodes: [{ id: "n1", type: "say", config: { text } }],
        ...more,
    } as FlowDefinition;
}

/** The lines of Markdown that are not in a block of code; each block must come to its end. */
function proseOf(markdown: string): string[] {
    const prose: string[] = [];
    let fence: string | undefined;
    for (const line of markdown.split("\n")) {
        const [, opened] = /^ {2}(`{3,})diff$/.exec(line) ?? [];
        if (fence === undefined && opened === undefined) {
            prose.push(line);
        }
        fence = fence === undefined ? opened : line === `  ${fence}` ? undefined : fence;
    }
    expect(fence).toBeUndefined();
    return prose;
}

describe("a comparison of hostile definitions", () => {
    it.each(FORMATS)("holds nothing that a terminal obeys or a reader does not see: %s", (_where, format) => {
        fc.assert(
            fc.property(anyDiff, (diff) => {
                expect(format(diff)).not.toMatch(UNSEEN);
            }),
        );
    });

    it("holds no markup but its own in HTML", () => {
        fc.assert(
            fc.property(anyDiff, (diff) => {
                const [, body = ""] = flowDiffHtml(diff, "Booking").split("</style>");
                expect(body.replace(TAGS, "")).not.toMatch(/[<>&"]/);
            }),
        );
    });

    it("holds no markup and no link but its own in Markdown, outside of blocks of code that nothing of it ends", () => {
        fc.assert(
            fc.property(anyDiff, (diff) => {
                const markdown = flowDiffMarkdown(diff, "Booking");
                const prose = proseOf(markdown);
                for (const line of prose.slice(4)) {
                    expect(line).toMatch(/^(?:- |\*\*\w+\*\*$|… and \d+ more$|$)/);
                }
                const own = prose.join("\n").replace(/<!-- -->|\\./g, "·");
                expect(own).not.toMatch(/[`<[\]|]|https?:\/\/\w|www\.\w|[@#]\w/);
            }),
        );
    });

    it("is all there in JSON, to the letter", () => {
        fc.assert(
            fc.property(anyDiff, (diff) => {
                const plain: unknown = JSON.parse(JSON.stringify(diff));
                expect(JSON.parse(flowDiffJson(diff))).toEqual({ formatVersion: 1, ...(plain as object) });
            }),
        );
    });

    const MANY = 200_000;
    it.each<[string, unknown, unknown]>([
        ["a long text", "x".repeat(MANY), `${"x".repeat(MANY)}y`],
        ["long texts with nothing in common", "a b ".repeat(MANY), "c d ".repeat(MANY)],
        ["many line ends", "\n".repeat(MANY), "\na".repeat(MANY / 2)],
        ["many backticks, one by one", "x", "` ".repeat(MANY)],
        ["many halves of characters", "\ud800".repeat(MANY), `${"\ud800".repeat(MANY)}y`],
        ["a letter with many accents", `a${"\u0301".repeat(MANY)}`, "a"],
        ["many numbers", [...Array(MANY).keys()], [...Array(MANY).keys()].reverse()],
        ["many properties", {}, Object.fromEntries([...Array(MANY / 10).keys()].map((n) => [`k${n}`, n]))],
    ])("is told in every format: %s", (_what, before, after) => {
        const diff = diffFlows(saying(before), saying(after));
        expect(diff.changes.length).toBeGreaterThan(0);
        for (const [, format] of FORMATS) {
            expect(format(diff)).not.toMatch(UNSEEN);
        }
    });

    it("shows of long texts where they begin to differ", () => {
        const long = "all the same ".repeat(10_000);
        const diff = diffFlows(saying(`${long}here`), saying(`${long}there`));
        for (const [where, format] of FORMATS.slice(0, 3)) {
            const told = format(diff);
            expect([where, told.includes("there"), told.length < 25_000]).toEqual([where, true, true]);
        }
    });

    it("shows of a text of many lines the first ones in a terminal", () => {
        const lines = (first: string) => [first, ...Array.from({ length: 3000 }, () => "-")].join("\n");
        const [[, inTerminal]] = FORMATS as [(typeof FORMATS)[0]];
        const told = inTerminal(diffFlows(saying(lines("one")), saying(lines("two"))));
        expect(told.split("\n").length).toBeLessThan(220);
        expect(told).toContain("│ … ");
    });
});
