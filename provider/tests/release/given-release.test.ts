import { releaseIn } from "../../src/release/given-release.js";
import { keptInputs } from "../../src/release/kept-inputs.js";
import { UNKNOWN } from "../../src/release/unknown.js";
import { inputs } from "../support/samples.js";

const GATES = { dependencies: { validated: true, checked: 9 } };

describe("a release that a policy is given", () => {
    it("has the defaults that its inputs leave out", () => {
        const release = inputs();
        const given = releaseIn(keptInputs(release, { gates: GATES }));
        for (const name of Object.keys(release) as (keyof typeof release)[]) {
            expect([name, given[name]]).toEqual([name, release[name]]);
        }
        expect(given.gates).toEqual(GATES);
    });

    it("has those within what it declares in part", () => {
        const { health } = releaseIn({ health: { timeoutSeconds: 20 } });
        expect([health.timeoutSeconds, health.intervalSeconds]).toEqual([20, 15]);
    });

    it("tells whether it would be deployed", () => {
        const context = { proven: [], previous: { versionTag: "v1.0.0" } };
        for (const deploys of [true, false]) {
            const given = releaseIn(keptInputs(inputs(), { context: { ...context, deploys } }));
            expect(given.context).toEqual({ ...context, deploys });
        }
    });

    it("has what was found out where the provider has checked it, known or not", () => {
        for (const record of [UNKNOWN, keptInputs(inputs(), { gates: GATES }).record]) {
            expect("context" in releaseIn({ versionTag: "v1.0.0", record })).toBe(true);
        }
        expect("context" in releaseIn({ versionTag: "v1.0.0" })).toBe(false);
        expect("versionTag" in releaseIn({ versionTag: "v1.0.0" })).toBe(true);
    });

    it("reads nothing that it is not asked for", () => {
        const unread = () => {
            throw new Error("not known yet");
        };
        const deployment = Object.defineProperty({ strategy: "canary" }, "timeoutSeconds", { get: unread });
        const properties = Object.defineProperty({ deployment }, "changelog", { get: unread });
        const given = releaseIn(properties);
        expect([given.deployment.strategy, given.onDelete]).toEqual(["canary", "rollback"]);
        expect(() => given.changelog).toThrow("not known yet");
        expect(() => given.deployment.timeoutSeconds).toThrow("not known yet");
        expect("context" in given).toBe(false);
    });
});
