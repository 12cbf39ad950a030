import * as fc from "fast-check";
import { bindingsIn, deploymentIdOf, sameBinding } from "../../../src/cognigy/ai/binding.js";

const id = fc.stringMatching(/^[A-Za-z0-9]{1,64}$/);
const binding = fc.record({
    endpoint: id,
    entrypoint: id,
    // Whatever the platform calls them.
    flowId: fc.string({ unit: "grapheme" }),
    localeId: fc.string({ unit: "grapheme" }),
});
const bindings = fc.array(binding, { minLength: 1, maxLength: 5 });

test("a deployment's name says where each endpoint leads to", () => {
    fc.assert(
        fc.property(bindings, (given) => {
            expect(bindingsIn(deploymentIdOf(given))).toEqual(given);
        }),
    );
});

test("two deployments have the same name when they lead to the same, and only then", () => {
    fc.assert(
        fc.property(binding, binding, (one, other) => {
            expect(sameBinding(one, { ...one })).toBe(true);
            expect(sameBinding(one, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
        }),
    );
});

test.each(["", "dep_141", "a=b", "a=b/c", "a=b/c/d/e", "a=b/%/d", "a=b/c/d+", "+a=b/c/d"])(
    "%j is no name of a deployment here",
    (name) => {
        expect(bindingsIn(name)).toBeUndefined();
    },
);
