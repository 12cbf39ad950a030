import fc from "fast-check";
import { gatesIn, keptGates } from "../../src/release/kept-gates.js";

const DEPENDENCIES = { validated: true, checked: 9 };

describe("what the gates found, as it is kept", () => {
    it("comes back as it was", () => {
        const rate = fc.constantFrom(1, 0.5, 0);
        const simulation = fc.record({
            passed: fc.nat(9),
            total: fc.nat(9),
            passRate: rate,
            minPassRate: rate,
        });
        fc.assert(
            fc.property(simulation, (one) => {
                const gates = { dependencies: DEPENDENCIES, simulation: one };
                expect(gatesIn(JSON.parse(JSON.stringify(keptGates(gates))))).toEqual(gates);
            }),
        );
    });

    it("does not say that all had to pass, and did", () => {
        const simulation = { passed: 2, total: 2, passRate: 1, minPassRate: 1 };
        expect(keptGates({ dependencies: DEPENDENCIES, simulation })).toEqual({
            dependencies: { checked: 9 },
            simulation: { passed: 2, total: 2 },
        });
    });

    it("says that nothing was looked at", () => {
        const gates = { dependencies: { validated: false, checked: 0 } };
        expect(keptGates(gates)).toEqual(gates);
        expect(gatesIn(gates)).toEqual(gates);
    });

    it("is nothing where there are none", () => {
        expect(keptGates(undefined)).toBeUndefined();
        expect(gatesIn(undefined)).toBeUndefined();
    });
});
