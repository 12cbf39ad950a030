import {
    compact,
    foundIn,
    type ReleaseState,
    SCHEMA_VERSION,
    standingIn,
    stateOf,
    toPlain,
} from "../../src/release/state.js";
import { inputs } from "../support/samples.js";

const HEALTH = { verdict: "healthy", probes: 4, failures: 1, errors: 2 } as const;
const ARTIFACT = { path: "artifacts/bot_12345_v1.4.2.json", sha256: "ab".repeat(32), bytes: 42 };
const RELEASE = inputs({ artifact: { directory: "artifacts" } });

describe("the state of a release", () => {
    it("holds the inputs, what came of them, and its version", () => {
        const state = stateOf(
            RELEASE,
            { status: "completed", deploymentId: "dep_1" },
            { health: HEALTH, artifact: ARTIFACT },
        );
        expect(state).toEqual({
            ...RELEASE,
            status: "completed",
            deploymentId: "dep_1",
            schemaVersion: SCHEMA_VERSION,
            health: { ...RELEASE.health, ...HEALTH },
            artifact: { directory: "artifacts", ...ARTIFACT },
        });
    });

    it("holds no artifact where none is declared", () => {
        expect(stateOf(inputs(), { status: "completed" }, { artifact: ARTIFACT })).not.toHaveProperty(
            "artifact",
        );
    });

    it("holds only the declared limits before a bake", () => {
        expect(stateOf(RELEASE, { status: "in_progress" }).health).toEqual(RELEASE.health);
        expect(stateOf(RELEASE, { status: "in_progress" }).artifact).toEqual({ directory: "artifacts" });
    });

    it("gives the findings of an earlier attempt back", () => {
        const found = { health: HEALTH, artifact: ARTIFACT };
        expect(foundIn(stateOf(RELEASE, { status: "completed" }, found))).toEqual(found);
        expect(foundIn(stateOf(RELEASE, { status: "failed" }))).toEqual({
            health: undefined,
            artifact: undefined,
        });
    });

    it.each(["path", "sha256", "bytes"])("gives no artifact back that has no %s", (name) => {
        const state = stateOf(RELEASE, { status: "completed" }, { artifact: ARTIFACT });
        const artifact = { directory: "artifacts", ...ARTIFACT, [name]: undefined };
        expect(foundIn({ ...state, artifact } as ReleaseState).artifact).toBeUndefined();
    });

    it("counts an empty artifact as one", () => {
        const empty = { ...ARTIFACT, bytes: 0 };
        expect(foundIn(stateOf(RELEASE, { status: "completed" }, { artifact: empty })).artifact).toEqual(
            empty,
        );
    });

    it("tells what stands on the platform, and neither how the attempt ended nor what it was", () => {
        const standing = {
            deploymentId: "dep_1",
            liveVersionTag: "v1.4.2",
            previousVersionTag: "v1.4.1",
            previousDeploymentId: "dep_0",
            nodesCount: 7,
            lastModified: "2026-01-02T03:04:05Z",
            complianceRef: "AUD-1",
            deployedAt: "2026-01-02T03:04:05Z",
        };
        const state = stateOf(RELEASE, {
            ...standing,
            status: "failed",
            pendingDeploymentId: "dep_2",
            contentHash: "sha256:0",
        });
        expect(standingIn(state)).toEqual(standing);
    });

    it("tells nothing where there is none, and leaves out what it does not hold", () => {
        expect(standingIn(undefined)).toEqual({});
        expect(
            Object.keys(standingIn(stateOf(RELEASE, { status: "failed", deploymentId: "dep_1" }))),
        ).toEqual(["deploymentId"]);
    });

    it("goes to the engine without half of a character, wherever the platform or a cut left one", () => {
        expect(toPlain({ changes: ["~ say n1 \ud83d"], at: { label: "\udc4b" } })).toEqual({
            changes: ["~ say n1 \uFFFD"],
            at: { label: "\uFFFD" },
        });
    });

    it("goes to the engine as plain JSON without a single undefined", () => {
        expect(toPlain({ a: undefined, b: { c: undefined, d: [null] } })).toStrictEqual({ b: { d: [null] } });
        expect(toPlain(stateOf(RELEASE, { status: "completed" }))).toEqual(
            stateOf(RELEASE, { status: "completed" }),
        );
    });
});

describe("compacting", () => {
    it("drops undefined and keeps everything else", () => {
        expect(Object.entries(compact({ a: undefined, b: null, c: 0, d: "", e: false }))).toEqual([
            ["b", null],
            ["c", 0],
            ["d", ""],
            ["e", false],
        ]);
    });
});
