import type { ReleaseContext } from "../../src/release/context.js";
import { contextIn, keptContext } from "../../src/release/kept-context.js";

const IMPACT = { nodes: 9, changed: 2, risks: { text: 0, logic: 2, integration: 0, destructive: 0 } };
const PROOF = { environment: "staging", since: "2026-01-02T03:04:05Z" };

describe("a context as it is kept", () => {
    it("holds what is there, and of the impact the risks that changes have", () => {
        expect(keptContext({ deploys: true, proven: [] })).toEqual({});
        expect(keptContext({ deploys: false, proven: [PROOF], impact: IMPACT })).toEqual({
            impact: { changed: 2, nodes: 9, risks: { logic: 2 } },
            proven: [PROOF],
        });
    });

    it.each<ReleaseContext>([
        { deploys: true, proven: [] },
        { deploys: true, proven: [PROOF], impact: IMPACT },
    ])("comes back as it was: %j", (context) => {
        expect(contextIn(keptContext(context))).toEqual(context);
    });

    it("says that it stands where state version 2 did, which kept the impact as one text", () => {
        const impact = '{"changed":2,"nodes":9,"risks":{"logic":2}}';
        expect(contextIn({ impact, stands: null })).toEqual({ deploys: false, proven: [], impact: IMPACT });
    });
});
