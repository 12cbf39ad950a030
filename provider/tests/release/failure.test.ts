import { inspect } from "node:util";
import { ReleaseError, ReleaseFailure } from "../../src/release/failure.js";
import { stateOf } from "../../src/release/state.js";
import { inputs } from "../support/samples.js";

describe("an error of a release", () => {
    it("says its message and nothing of the code", () => {
        const error = new ReleaseError("the flow was edited.");
        expect(error.message).toBe("the flow was edited.");
        expect(error.stack).toBe("the reason is told with the resource");
        expect(String(error)).toBe("cognigy");
        expect(inspect(error)).not.toContain("failure.ts");
    });

    it("says nothing that a terminal obeys, whatever the platform put into it", () => {
        expect(new ReleaseError("the tag \u001b[2J is taken\nby \ud800.").message).toBe(
            "the tag \uFFFD[2J is taken\nby \uFFFD.",
        );
    });

    it("is an error like any other", () => {
        const error = new ReleaseError("the flow was edited.");
        expect(error).toBeInstanceOf(Error);
        expect(error.name).toBe("ReleaseError");
    });
});

describe("a release that failed", () => {
    it("carries the state that the next attempt goes on from", () => {
        const state = stateOf(inputs(), { status: "in_progress", pendingDeploymentId: "dep_1" });
        const failure = new ReleaseFailure("it did not end.", state);
        expect(failure).toBeInstanceOf(ReleaseError);
        expect(failure.name).toBe("ReleaseFailure");
        expect(failure.message).toBe("it did not end.");
        expect(failure.state).toBe(state);
    });
});
