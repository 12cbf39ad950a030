import fc from "fast-check";
import { withDefaults } from "../../src/release/defaults.js";
import { declaredIn, keptDeclared } from "../../src/release/kept-declared.js";
import { UNKNOWN } from "../../src/release/unknown.js";
import { anyDeclaration } from "../support/any-release.js";

describe("what is declared, as it is kept", () => {
    it("comes back with the defaults, and has no property of a property, which would have a line of its own", () => {
        fc.assert(
            fc.property(anyDeclaration, (declared) => {
                const kept = keptDeclared(declared);
                expect(Object.values(kept).filter((value) => typeof value === "object")).toEqual([]);
                expect(declaredIn(kept)).toEqual(withDefaults(declared));
            }),
        );
    });

    it("leaves what goes without saying out", () => {
        expect(keptDeclared({ createdBy: "pulumi", deployment: { strategy: "rolling" } })).toEqual({});
    });

    it("leaves an object as it is that holds a value which is not known yet", () => {
        const simulation = { testCases: [{ input: UNKNOWN, expectedIntent: "book" }], timeoutSeconds: 120 };
        expect(keptDeclared({ simulation })).toEqual({
            simulation: { testCases: [{ input: UNKNOWN, expectedIntent: "book" }] },
        });
        expect(declaredIn({ simulation: UNKNOWN }).simulation).toBe(UNKNOWN);
    });

    it("reads no text that a program wrote as one", () => {
        expect(declaredIn({ changelog: "{}" }).changelog).toBe("{}");
    });
});
