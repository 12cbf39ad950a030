import { flowDiffJson } from "../../src/formats/json.js";
import { greetingDiff } from "../support/flow-diff.js";

describe("a comparison as JSON", () => {
    it("holds the version of its form, and all of it", () => {
        const diff = greetingDiff("Hello", "Hi");
        expect(JSON.parse(flowDiffJson(diff))).toEqual({ formatVersion: 1, ...diff });
    });

    it("is the same for the same two flows", () => {
        expect(flowDiffJson(greetingDiff("Hello", "Hi"))).toBe(flowDiffJson(greetingDiff("Hello", "Hi")));
    });
});
