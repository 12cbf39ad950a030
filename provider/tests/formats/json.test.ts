import { flowDiffJson } from "../../src/formats/json.js";
import { CRM_IN_SUPPORT, greetingDiff } from "../support/flow-diff.js";

describe("a comparison as JSON", () => {
    it("holds the version of its form, and all of it", () => {
        const diff = greetingDiff("Hello", "Hi");
        expect(JSON.parse(flowDiffJson(diff))).toEqual({ formatVersion: 1, ...diff });
    });

    it("holds what other flows use too, where that is known", () => {
        const diff = { ...greetingDiff("Hello", "Hi"), shared: CRM_IN_SUPPORT };
        expect(JSON.parse(flowDiffJson(diff)).shared).toEqual(CRM_IN_SUPPORT);
    });

    it("is the same for the same two flows", () => {
        expect(flowDiffJson(greetingDiff("Hello", "Hi"))).toBe(flowDiffJson(greetingDiff("Hello", "Hi")));
    });
});
