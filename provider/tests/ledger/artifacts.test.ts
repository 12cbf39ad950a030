import { artifactsIn } from "../../src/ledger/artifacts.js";
import { chainOf, newEvent } from "../support/ledger.js";

async function* eventsNaming(...artifacts: Record<string, unknown>[]) {
    yield* chainOf(
        artifacts.map((details, at) => ({
            event: newEvent(at, { details: { target_environment: "production", ...details } }),
            at,
        })),
    );
}

describe("the artifacts that a ledger names", () => {
    it("are those of any event, the last one of each path", async () => {
        const events = eventsNaming(
            { artifact_path: "a/one.json", artifact_sha256: "11" },
            { artifact_path: "a/two.json", artifact_sha256: "22" },
            { artifact_error: "no space left" },
            { artifact_path: "a/one.json", artifact_sha256: "33" },
        );
        const version = { botId: "bot_12345", versionTag: "v1.4.2" };
        expect(await artifactsIn(events)).toEqual([
            { ...version, path: "a/two.json", sha256: "22" },
            { ...version, path: "a/one.json", sha256: "33" },
        ]);
    });

    it("are none where the details are not what they should be", async () => {
        const events = eventsNaming({ artifact_path: 1, artifact_sha256: "11" }, { artifact_path: "a" });
        expect(await artifactsIn(events)).toEqual([]);
    });
});
