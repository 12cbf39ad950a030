import fc from "fast-check";
import { withDefaults } from "../../src/release/defaults.js";
import { keptState, readState } from "../../src/release/kept-state.js";
import { type CheckedInputs, SCHEMA_VERSION, stateOf, toPlain } from "../../src/release/state.js";
import { anyDeclaration } from "../support/any-release.js";
import { inputs } from "../support/samples.js";

const HEALTH = { verdict: "healthy", probes: 4, failures: 1, errors: 2 } as const;
const ARTIFACT = { path: "artifacts/bot_12345_v1.4.2.json", sha256: "ab".repeat(32), bytes: 42 };
const GATES = { dependencies: { validated: true, checked: 9 } };

describe("a state as it is kept", () => {
    it("comes back as it was", () => {
        fc.assert(
            fc.property(anyDeclaration, fc.boolean(), (declared, baked) => {
                const checked = { ...withDefaults(declared), gates: GATES, changes: ["a", "b"] };
                const found = baked ? { health: HEALTH, artifact: ARTIFACT } : {};
                const state = stateOf(checked as unknown as CheckedInputs, { status: "completed" }, found);
                expect(readState(keptState(state))).toEqual(state);
            }),
        );
    });

    it("holds no property of a property, which would have a line of its own", () => {
        const state = stateOf(
            { ...inputs({ artifact: { directory: "artifacts" } }), gates: GATES, changes: ["a"] },
            { status: "completed", unreleasedChanges: ["b"] },
            { health: HEALTH, artifact: ARTIFACT },
        );
        expect(Object.values(keptState(state)).filter((value) => typeof value === "object")).toEqual([]);
    });
});

describe("reading a state", () => {
    it("takes what version 2 wrote: all of it by name, each object as one text", () => {
        const release = inputs({ artifact: { directory: "artifacts" } });
        const state = stateOf(
            { ...release, gates: GATES, changes: ["a"] },
            { status: "completed", unreleasedChanges: ["b"] },
            { health: HEALTH, artifact: ARTIFACT },
        );
        const { botId, flowId, versionTag, changelog, targetEnvironment, status } = state;
        const written = {
            ...{ botId, flowId, versionTag, changelog, targetEnvironment, status, schemaVersion: 2 },
            health: JSON.stringify(HEALTH),
            artifact: JSON.stringify({ ...ARTIFACT, directory: "artifacts" }),
            gates: JSON.stringify(GATES),
            changes: '["a"]',
            unreleasedChanges: '["b"]',
            ...(release.simulation ? { simulation: JSON.stringify(release.simulation) } : {}),
        };
        expect(readState(written)).toEqual({ ...state, schemaVersion: 2 });
    });

    it("takes what version 1 wrote: all of it by name, with the defaults", () => {
        const state = stateOf(inputs(), { status: "completed" }, { health: HEALTH });
        const written = toPlain({ ...state, schemaVersion: 1 });
        expect(readState(written)).toEqual(written);
    });

    it.each([[{}], [{ schemaVersion: "1" }], [{ schemaVersion: null }]])(
        "refuses %j, which no release wrote",
        (state) => {
            expect(() => readState(state)).toThrow(
                "this is no state of a release: `pulumi import` does not work for dynamic resources. Declare the release instead.",
            );
        },
    );

    it.each([
        { schemaVersion: SCHEMA_VERSION + 1 },
        { record: JSON.stringify({ schemaVersion: SCHEMA_VERSION + 1 }) },
    ])("refuses what a later version wrote: %j", (state) => {
        expect(() => readState(state)).toThrow(
            "this state was written by a later version of pulumi-cognigy (state version 4, this one reads up to 3). " +
                "Install that version or a later one.",
        );
    });
});
