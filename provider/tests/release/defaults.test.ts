import fc from "fast-check";
import { withDefaults, withoutDefaults } from "../../src/release/defaults.js";
import { type ParsedInputs, parseInputs } from "../../src/release/inputs.js";
import { UNKNOWN } from "../../src/release/unknown.js";
import { anyDeclaration } from "../support/any-release.js";

const parsed = (declared: Record<string, unknown>) => {
    const result: ParsedInputs = parseInputs(declared);
    if ("problems" in result) {
        throw new Error(JSON.stringify(result.problems));
    }
    return { ...result.inputs };
};

describe("the defaults", () => {
    it("are those that a program's arguments are read with", () => {
        fc.assert(
            fc.property(anyDeclaration, (declared) => {
                expect(withDefaults(declared)).toEqual(parsed(declared));
            }),
        );
    });

    it("come back when they are left out", () => {
        fc.assert(
            fc.property(anyDeclaration, (declared) => {
                const inputs = parsed(declared);
                expect(withDefaults(withoutDefaults(inputs))).toEqual(inputs);
            }),
        );
    });

    it("are all left out: nothing is left of a release that declares none of what has one", () => {
        const declared = {
            botId: "b",
            flowId: "f",
            versionTag: "v1.0.0",
            changelog: "",
            targetEnvironment: "e",
        };
        expect(withoutDefaults(parsed(declared))).toEqual(declared);
    });

    it("leave out of an argument what is said as it would be", () => {
        expect(withoutDefaults({ health: { timeoutSeconds: 300, failuresAllowed: 2 } })).toEqual({
            health: { failuresAllowed: 2 },
        });
    });

    it("take nothing for a value that is not known yet", () => {
        const declared = { deployment: UNKNOWN, health: { timeoutSeconds: UNKNOWN }, createdBy: UNKNOWN };
        expect(withDefaults(declared)).toMatchObject({
            deployment: UNKNOWN,
            health: { timeoutSeconds: UNKNOWN, intervalSeconds: 15 },
            createdBy: UNKNOWN,
        });
        expect(withoutDefaults(withDefaults(declared))).toEqual(declared);
    });
});
