import { sameRelease } from "../../src/pipeline/check.js";
import { inputs } from "../support/samples.js";

const simulation = { testCases: [{ input: "book a flight", expectedIntent: "book_flight" }] };

describe("a release that was checked before", () => {
    const earlier = { ...inputs({ simulation }), contentHash: "sha256:1" };

    test("is the same whatever does not decide its gates", () => {
        expect(sameRelease(inputs({ simulation }), earlier)).toBe(true);
        expect(
            sameRelease(inputs({ simulation, changelog: "Told better.", onDelete: "retain" }), earlier),
        ).toBe(true);
    });

    test.each<[string, Record<string, unknown>]>([
        ["version", { versionTag: "v1.5.0" }],
        ["environment", { targetEnvironment: "staging" }],
        ["flow", { flowId: "flow_2" }],
        ["bot", { botId: "bot_2" }],
        ["dependencies", { dependencies: { validate: false } }],
        ["conversations", { simulation: { ...simulation, minPassRate: 0.5 } }],
    ])("is another with another %s", (_what, more) => {
        expect(sameRelease(inputs({ simulation, ...more }), earlier)).toBe(false);
    });

    test("is another where no content was found then: nothing was validated", () => {
        expect(sameRelease(inputs({ simulation }), inputs({ simulation }))).toBe(false);
    });
});
