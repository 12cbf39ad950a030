import fc from "fast-check";
import {
    namedIn,
    type OtherFlow,
    sharedInFull,
    sharedLines,
    sharedUse,
    sharedWith,
    withNames,
} from "../../src/release/shared.js";

const resource = (text: string) => {
    const [resourceType = "", resourceId = ""] = text.split(" ");
    return { resourceType, resourceId };
};

/** Flows by their ids, with what they use. */
function others(flows: Record<string, string[] | undefined>): OtherFlow[] {
    return Object.entries(flows).map(([flowId, uses]) =>
        uses ? { flowId, uses: uses.map(resource) } : { flowId },
    );
}

const all = () => true;

describe("what other flows use too", () => {
    it("is told by what is most at stake first, then by what most flows use", () => {
        const shared = sharedWith(
            others({
                f1: ["entity city", "template hello", "intent book"],
                f2: ["entity city", "template hello", "external_api crm"],
                f3: ["entity date", "template hello"],
            }),
            ({ resourceId }) => resourceId !== "date",
        );
        expect(sharedInFull(shared)).toEqual([
            "external API “crm” is also used by f2",
            "intent “book” is also used by f1",
            "entity “city” is also used by f1 and f2",
            "template “hello” is also used by f1, f2 and f3",
        ]);
        expect(sharedLines(shared)).toEqual([
            "shared: external API “crm” is also used by f2, intent “book” by f1, and 2 more",
        ]);
        expect(sharedUse(shared)).toEqual({ flows: ["f1", "f2", "f3"], resources: 4, unseen: 0 });
        expect(namedIn(shared)).toEqual(["f2", "f1"]);
        expect(namedIn(shared, true)).toEqual(["f2", "f1", "f3"]);
    });

    it("names flows by their names where they are known", () => {
        const shared = sharedWith(
            others({ f2: ["intent book"], f1: ["intent book"], f3: ["intent book"] }),
            all,
        );
        expect(sharedLines(withNames(shared, new Map([["f1", "Support\u202E"]])))).toEqual([
            "shared: intent “book” is also used by “Support\uFFFD”, f2 and 1 more flow",
        ]);
    });

    it("says of which flows it could not be seen", () => {
        expect(sharedLines(sharedWith(others({ f1: undefined }), all))).toEqual([
            "shared: what f1 uses could not be seen",
        ]);
        const many = sharedWith(others({ f4: undefined, f2: undefined, f1: undefined, f3: undefined }), all);
        expect(sharedLines(many)).toEqual(["shared: what f1, f2 and 2 more flows use could not be seen"]);
        expect(sharedUse(many)).toEqual({ flows: [], resources: 0, unseen: 4 });
    });

    it("is no line where there is nothing to tell", () => {
        const nothing = sharedWith(others({ f1: ["intent book"] }), () => false);
        expect([sharedLines(nothing), sharedInFull(nothing)]).toEqual([[], []]);
    });

    it("shows no credential that stands where an id should", () => {
        const secret = `AKIA${"ABCDEFGH".repeat(2)}`;
        const shared = sharedWith(others({ [secret]: [`intent ${secret}`] }), all);
        expect(sharedLines(shared).join()).not.toContain(secret);
        expect(sharedUse(shared).flows).toEqual(["[not shown]"]);
        const long = sharedWith(others({ ["f".repeat(5000)]: ["intent book"] }), all);
        expect(sharedUse(long).flows.map(({ length }) => length)).toEqual([100]);
    });

    const anyUses = fc.array(fc.constantFrom("intent a", "entity b", "external_api c", "template d"), {
        maxLength: 6,
    });
    const anyOthers = fc.uniqueArray(
        fc.record({ flowId: fc.string({ minLength: 1 }), uses: fc.option(anyUses, { nil: undefined }) }),
        { selector: ({ flowId }) => flowId, maxLength: 8 },
    );

    it("is the same in whatever order flows and listings come, and names each flow that shares, once", () => {
        fc.assert(
            fc.property(anyOthers, fc.integer(), (flows, seed) => {
                const told = (list: typeof flows) =>
                    sharedWith(
                        list.map(({ flowId, uses }) =>
                            uses ? { flowId, uses: uses.map(resource) } : { flowId },
                        ),
                        ({ resourceId }) => resourceId !== "d",
                    );
                const turned = flows
                    .map((flow) => ({ ...flow, uses: flow.uses?.toReversed() }))
                    .sort((one, other) => (seed % 2 === 0 ? 1 : -1) * (one.flowId < other.flowId ? -1 : 1));
                const shared = told(flows);
                expect(told(turned)).toEqual(shared);
                const sharing = flows.filter(({ uses }) => uses?.some((use) => use !== "template d"));
                expect(namedIn(shared, true).sort()).toEqual(sharing.map(({ flowId }) => flowId).sort());
                expect(sharedUse(shared)).toMatchObject({
                    resources: new Set(
                        sharing.flatMap(({ uses }) => uses?.filter((use) => use !== "template d")),
                    ).size,
                    unseen: flows.filter(({ uses }) => uses === undefined).length,
                });
            }),
        );
    });

    it("is told in lines that a state has room for, whatever the ids are", () => {
        fc.assert(
            fc.property(anyOthers, (flows) => {
                const shared = sharedWith(
                    flows.map(({ flowId, uses }) =>
                        uses ? { flowId, uses: uses.map(resource) } : { flowId },
                    ),
                    all,
                );
                const lines = sharedLines(shared);
                expect(lines.length).toBeLessThanOrEqual(2);
                expect(lines.every((line) => [...line].length <= 200 && !/\p{Cc}/u.test(line))).toBe(true);
            }),
        );
    });
});
