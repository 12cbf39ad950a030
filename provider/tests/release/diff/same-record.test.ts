import { sameRecord } from "../../../src/release/diff/same-record.js";

const NODE = {
    id: "a",
    type: "say",
    config: { text: ["Hello", { name: null }], layout: 1 },
    layout: { x: 1 },
};

/** Records within records. */
const nested = (levels: number) =>
    Array.from({ length: levels }).reduce<Record<string, unknown>>((inner) => ({ a: inner }), {});

describe("two records", () => {
    it("are the same in what they hold, whatever their ids and layout are", () => {
        const other = { ...structuredClone(NODE), id: "b", layout: null };
        expect(sameRecord(NODE, other)).toBe(true);
        expect(sameRecord({}, {})).toBe(true);
    });

    it.each<[string, unknown]>([
        ["another value", { text: ["Hi", { name: null }], layout: 1 }],
        ["another layout that is content", { text: ["Hello", { name: null }], layout: 2 }],
        ["another name", { text: ["Hello", { label: null }], layout: 1 }],
        ["a name more", { text: ["Hello", { name: null }], layout: 1, more: undefined }],
        ["an element less", { text: ["Hello"], layout: 1 }],
        ["a record for a list", { text: { 0: "Hello", 1: { name: null } }, layout: 1 }],
        ["a record for nothing", { text: ["Hello", { name: {} }], layout: 1 }],
        ["a list for nothing", { text: ["Hello", { name: [] }], layout: 1 }],
        ["a text for a record", { text: ["Hello", ""], layout: 1 }],
        ["nothing for a record", { text: ["Hello", null], layout: 1 }],
        ["nothing at all", null],
        ["a number", 0],
    ])("are not the same where one holds %s", (_what, config) => {
        expect(sameRecord(NODE, { ...NODE, config })).toBe(false);
        expect(sameRecord({ ...NODE, config }, NODE)).toBe(false);
    });

    it("are not the same in another order of their names, nor where one holds an empty record", () => {
        expect(sameRecord({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false);
        for (const nothing of ["", 0, null]) {
            expect(sameRecord({ a: nothing }, { a: {} })).toBe(false);
            expect(sameRecord({ a: {} }, { a: nothing })).toBe(false);
        }
    });

    it("are not known to be the same below forty levels", () => {
        expect(sameRecord(nested(40), nested(40))).toBe(true);
        expect(sameRecord(nested(41), nested(41))).toBe(false);
    });
});
