import fc from "fast-check";
import { contentHash, contentOf } from "../../src/release/content-hash.js";
import type { FlowDefinition } from "../../src/release/flow.js";
import { anyFlow } from "../support/any-flow.js";
import { flow } from "../support/samples.js";
import { shuffle, shuffleKeys } from "../support/shuffle.js";

const STAMPS = [
    "created_at",
    "createdAt",
    "created_by",
    "createdBy",
    "updated_at",
    "updatedAt",
    "updated_by",
    "updatedBy",
    "last_modified",
    "lastModified",
    "lastChanged",
    "lastChangedBy",
    "position",
    "layout",
];

describe("the content hash of a flow", () => {
    it("is a SHA-256", () => {
        expect(contentHash(flow())).toMatch(/^sha256:[0-9a-f]{64}$/);
    });

    it("is the same in every version of this package: states and ledgers hold it", () => {
        expect(contentHash(flow())).toBe(
            "sha256:15eca4f845088f694b423a43c0494923778adf1aa2c1d58c0737c72b1bca08d0",
        );
        const nodes = [
            { id: "b" },
            { id: "a", text: "1" },
            { id: "a", text: "2" },
            { type: "end" },
            { type: "start" },
        ];
        expect(contentHash(flow({ nodes }))).toBe(
            "sha256:26428bac7858a44191b9f364144e515aea035326b88c8564ca2958dbe2f5c06a",
        );
        const [first] = contentOf(flow({ nodes: [{ id: "0" }, { type: "end" }] })).nodes as unknown[];
        expect(first).toEqual({ type: "end" });
    });

    it.each(STAMPS)("does not depend on %s, at the top or in a node", (stamp) => {
        const [first, ...others] = flow().nodes;
        expect(contentHash(flow({ [stamp]: "now" }))).toBe(contentHash(flow()));
        expect(contentHash(flow({ nodes: [{ ...first, [stamp]: { x: 1 } }, ...others] }))).toBe(
            contentHash(flow()),
        );
    });

    it.each(STAMPS)("depends on %s where it is a setting of a node's own", (name) => {
        const [first, ...others] = flow().nodes;
        const slots = (value: string) =>
            flow({ nodes: [{ ...first, config: { [name]: value } }, ...others] });
        expect(contentHash(slots("window"))).not.toBe(contentHash(slots("aisle")));
    });

    it("does not depend on the order of keys and of nodes, nor on when the flow was edited", () => {
        fc.assert(
            fc.property(anyFlow, fc.infiniteStream(fc.nat()), fc.string(), (any, numbers, time) => {
                const other = shuffleKeys(any, numbers) as FlowDefinition;
                const moved = { ...other, nodes: shuffle(other.nodes, numbers), updated_at: time };
                expect(contentHash(moved)).toBe(contentHash(any));
            }),
        );
    });

    it("does not change the flow that it names", () => {
        fc.assert(
            fc.property(anyFlow, (any) => {
                const before = JSON.stringify(any);
                contentHash(any);
                expect(JSON.stringify(any)).toBe(before);
            }),
        );
    });

    it.each<[string, Record<string, unknown>]>([
        ["another name", { name: "Other" }],
        ["a setting", { locale: "en" }],
        ["a node less", { nodes: flow().nodes.slice(1) }],
        ["a node more", { nodes: [...flow().nodes, { id: "n4", type: "end" }] }],
        ["another text deep in a node", { nodes: [{ ...flow().nodes[0], config: { text: "Hi" } }] }],
        ["an order that means something", { entry: ["n2", "n1"] }],
    ])("changes with %s", (_what, more) => {
        expect(contentHash(flow(more))).not.toBe(contentHash(flow()));
    });

    it("changes with the order inside a node", () => {
        const saying = (...texts: string[]) => flow({ nodes: [{ id: "n1", texts }] });
        expect(contentHash(saying("a", "b"))).not.toBe(contentHash(saying("b", "a")));
    });

    it("changes with any text in any flow", () => {
        fc.assert(
            fc.property(anyFlow, fc.string(), fc.string(), (any, before, after) => {
                fc.pre(before !== after);
                expect(contentHash({ ...any, text: before })).not.toBe(contentHash({ ...any, text: after }));
            }),
        );
    });

    it("can be taken of a flow without nodes, and of nodes without ids", () => {
        expect(contentHash(flow({ nodes: [] }))).toMatch(/^sha256:/);
        expect(contentHash(flow({ nodes: [{ type: "say" }, { type: "end" }] }))).toMatch(/^sha256:/);
    });
});
