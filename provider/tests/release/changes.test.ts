import fc from "fast-check";
import { flowChanges } from "../../src/release/changes.js";
import { contentHash } from "../../src/release/content-hash.js";
import { anyFlow } from "../support/any-flow.js";
import { flow } from "../support/samples.js";
import { shuffle } from "../support/shuffle.js";

const nodes = flow().nodes;

const changeLines = (...flows: Parameters<typeof flowChanges>) => flowChanges(...flows).lines;

describe("the changes between two definitions of a flow", () => {
    it("name what was removed, added and changed, in that order, and the flow's own settings last", () => {
        const next = flow({
            name: "Booking, anew",
            nodes: [
                { id: "n2", type: "say", label: "Greeting", config: { text: "Good day", next: "n3" } },
                nodes[2],
                { id: "n4", type: "end" },
            ],
        });
        expect(changeLines(flow(), next)).toEqual([
            '- start n1 "Start" removed',
            "+ end n4 added",
            '~ say n2 "Greeting": config.text "Hello" → "Good day"',
            '~ flow settings: name "Booking" → "Booking, anew"',
        ]);
    });

    it("name every property of a node that differs, by its path and in order", () => {
        const next = flow({
            nodes: [
                nodes[0],
                { id: "n2", type: "say", label: "Hi", config: { text: "Hello", delay: 2 } },
                nodes[2],
            ],
        });
        expect(changeLines(flow(), next)).toEqual([
            '~ say n2 "Hi": config.delay nothing → 2',
            '~ say n2 "Hi": config.next "n3" → nothing',
            '~ say n2 "Hi": label "Greeting" → "Hi"',
        ]);
    });

    it("show a list as a whole, and cut long values", () => {
        const next = flow({
            tags: ["a", "b"],
            nodes: [nodes[0], nodes[1], { ...nodes[2], text: "x".repeat(200) }],
        });
        expect(changeLines(flow({ tags: ["a"] }), next)).toEqual([
            `~ intent n3 "Book a flight": text nothing → "${"x".repeat(78)}…`,
            '~ flow settings: tags ["a"] → ["a","b"]',
        ]);
    });

    it("cut a long label", () => {
        const next = flow({ nodes: [...nodes, { id: "n4", type: "say", label: "y".repeat(81) }] });
        expect(changeLines(flow(), next)).toEqual([`+ say n4 "${"y".repeat(79)}…" added`]);
    });

    it("are cut after twenty lines, with a count of the others", () => {
        const many = (count: number) =>
            flow({
                nodes: [...nodes, ...Array.from({ length: count }, (_, index) => ({ id: `x${index}` }))],
            });
        expect(changeLines(flow(), many(20))).toHaveLength(20);
        expect(changeLines(flow(), many(20)).at(-1)).toBe("+ node x9 added");
        const lines = changeLines(flow(), many(25));
        expect(lines).toHaveLength(20);
        expect(lines.at(-1)).toBe("… and 6 more changes");
    });

    it.each(["constructor", "toString", "__proto__"])("show a new setting that is named %s", (name) => {
        const added = JSON.parse(`{"${name}": "x"}`);
        const next = flow({ context: added });
        expect(changeLines(flow({ context: {} }), next)).toEqual([
            `~ flow settings: context.${name} nothing → "x"`,
        ]);
        expect(changeLines(next, flow({ context: {} }))).toEqual([
            `~ flow settings: context.${name} "x" → nothing`,
        ]);
    });

    it("are found at any depth, and what lies beside them is not read again for each level", () => {
        let reads = 0;
        const deep = (text: string) => {
            let value: Record<string, unknown> = { text };
            for (let level = 0; level < 190; level += 1) {
                value = {
                    value,
                    get beside() {
                        reads += 1;
                        return "x";
                    },
                };
            }
            return flow({ nodes: [{ id: "n1", type: "say", value }] });
        };
        expect(changeLines(deep("Hello"), deep("Good day"))).toEqual([
            `~ say n1: ${"value.".repeat(191)}text "Hello" → "Good day"`,
        ]);
        expect(reads).toBeLessThan(190 * 10);
    });

    it("are lines of bounded length, whatever the node and its properties are named", () => {
        const long = "n".repeat(10_000);
        const named = (text: string) => flow({ nodes: [{ id: long, type: long, label: long, text }] });
        expect(changeLines(named("a"), named("b"))[0]?.length).toBeLessThan(300);
        const holding = (text: string) => flow({ nodes: [{ id: "n1", [long]: text }] });
        expect(changeLines(holding("a"), holding("b"))[0]).toHaveLength(1_500);
    });

    it("are none between a flow and itself, in whatever order its nodes are listed", () => {
        fc.assert(
            fc.property(anyFlow, fc.infiniteStream(fc.nat()), fc.string(), (any, numbers, time) => {
                const copy = { ...any, nodes: shuffle(any.nodes, numbers), updated_at: time };
                expect(changeLines(any, copy)).toEqual([]);
            }),
        );
    });

    it("are at most twenty lines of bounded length, whatever the flows", () => {
        fc.assert(
            fc.property(anyFlow, anyFlow, (one, other) => {
                const lines = changeLines(one, other);
                expect(lines.length).toBeLessThanOrEqual(20);
                for (const line of lines) {
                    expect(line).toMatch(/^([-+~] |… and \d+ more changes)/);
                }
            }),
        );
    });

    it("are some, whenever a node's text differs", () => {
        fc.assert(
            fc.property(anyFlow, fc.string(), fc.string(), (any, before, after) => {
                fc.pre(before !== after);
                const saying = (text: string) => ({ ...any, nodes: [...any.nodes, { id: "the one", text }] });
                const [one, other] = [saying(before), saying(after)];
                expect(contentHash(one)).not.toBe(contentHash(other));
                expect(changeLines(one, other)).toHaveLength(1);
            }),
        );
    });

    it("are none exactly when the content is the same", () => {
        fc.assert(
            fc.property(anyFlow, anyFlow, fc.constantFrom(null, false, 0, "", "x"), (one, other, value) => {
                const more = { ...one, setting: value };
                for (const [before, after] of [
                    [one, other],
                    [one, more],
                ] as const) {
                    expect(changeLines(before, after).length === 0).toBe(
                        contentHash(before) === contentHash(after),
                    );
                }
            }),
        );
    });
});
