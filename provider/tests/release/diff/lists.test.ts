import { listsIn, namesById, singular } from "../../../src/release/diff/lists.js";

const UUID = "a40b075c-0000-4000-8000-000000000001";

describe("what a flow lists beside its nodes", () => {
    it("is what holds nothing but records with an id or a name", () => {
        const [byId, byName] = [[{ id: "a" }, { _id: "b" }], [{ name: "c" }]];
        const mixed = [{ name: "a" }, { text: "b" }];
        const flow = { byId, byName, mixed, texts: ["a"], numbered: [{ id: 3 }], none: [], locale: "en" };
        const { lists, rest } = listsIn(flow);
        expect([...lists]).toEqual([
            ["byId", byId],
            ["byName", byName],
            ["none", []],
        ]);
        expect(rest).toEqual({ mixed, texts: ["a"], numbered: [{ id: 3 }], locale: "en" });
    });

    it("gives names to the ids that no person wrote", () => {
        const intents = [
            { id: UUID, name: "Book" },
            { id: "book", name: "An id that somebody wrote" },
            { id: UUID.replace("1", "2"), name: "" },
            { id: UUID.replace("1", "3"), name: 7 },
            { id: 7, name: "A number" },
            { name: "No id" },
        ];
        expect([...namesById(new Map([["intents", intents]]))]).toEqual([[UUID, "Book"]]);
    });

    it.each([
        ["intents", "intent"],
        ["entities", "entity"],
        ["access", "access"],
        ["series1", "series1"],
        ["newsletters", "newsletter"],
    ])("%s: one of them is %s", (name, one) => {
        expect(singular(name)).toBe(one);
    });
});
