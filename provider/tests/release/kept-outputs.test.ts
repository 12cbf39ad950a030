import { keptInputs } from "../../src/release/kept-inputs.js";
import { declaredOutput, NOT_YET, recordedIn, SHARED, sharedOutput } from "../../src/release/kept-outputs.js";
import { keptState } from "../../src/release/kept-state.js";
import { stateOf } from "../../src/release/state.js";
import { inputs } from "../support/samples.js";

const GATES = {
    dependencies: { validated: true, checked: 9 },
    simulation: { passed: 2, total: 2, passRate: 1, minPassRate: 1 },
};
const HEALTH = { verdict: "healthy", probes: 4, failures: 1, errors: 2 } as const;
const ARTIFACT = { path: "artifacts/bot_12345_v1.4.2.json", sha256: "ab".repeat(32), bytes: 42 };
const RELEASE = inputs({ artifact: { directory: "artifacts" } });
const STATE = keptState(
    stateOf({ ...RELEASE, gates: GATES }, { status: "completed" }, { health: HEALTH, artifact: ARTIFACT }),
);
const PLAN = keptInputs(RELEASE, { gates: GATES });

describe("the outputs of a release", () => {
    it("are what came of it", () => {
        expect(recordedIn(STATE.record, "status")).toBe("completed");
        expect(recordedIn(STATE.record, "pendingDeploymentId")).toBeUndefined();
    });

    it("are in a preview what was found out; what will come of it is not known yet", () => {
        expect(recordedIn(PLAN.record, "gates")).toEqual(GATES);
        expect(recordedIn(PLAN.record, "status")).toBe(NOT_YET);
    });

    it("are not known where nothing was kept", () => {
        expect(recordedIn(undefined, "status")).toBe(NOT_YET);
    });

    it("are what was declared, in full", () => {
        expect(declaredOutput("createdBy", undefined)).toBe("pulumi");
        expect(declaredOutput("simulation", STATE.simulation)).toEqual(RELEASE.simulation);
        expect(declaredOutput("changelog", "[1]")).toBe("[1]");
    });

    it("are what was declared, and what came of it", () => {
        expect([...SHARED].map((name) => sharedOutput(name, STATE[name], STATE.record))).toEqual([
            { ...RELEASE.health, ...HEALTH },
            { directory: "artifacts", ...ARTIFACT },
        ]);
        expect([...SHARED].map((name) => sharedOutput(name, PLAN[name], PLAN.record))).toEqual([
            RELEASE.health,
            { directory: "artifacts" },
        ]);
        expect(sharedOutput("artifact", undefined, STATE.record)).toBeUndefined();
    });
});
