import { RELEASE_TYPE } from "pulumi-cognigy/release";
import { oneReleasePerFlow } from "../src";
import { release, stackUndecidedAt, stackViolations, UNKNOWN, urnOf } from "./support/release";

const TEXT =
    "of flow flow_67890 (bot bot_12345) to production: the stack has another one, first; expected one release for each " +
    "flow in each environment. Take one of the two out.";

const OTHERS = {
    connection: "cognigy2",
    botId: "bot_2",
    flowId: "flow_2",
    targetEnvironment: "staging",
};

describe("one-release-per-flow", () => {
    it("lets an empty stack through, and one of one release", () => {
        expect(stackViolations(oneReleasePerFlow, [])).toEqual([]);
        expect(stackViolations(oneReleasePerFlow, [{ name: "first", props: release() }])).toEqual([]);
    });

    it.each(Object.entries(OTHERS))("lets two releases through that differ in %s", (name, value) => {
        const stack = [
            { name: "first", props: release() },
            { name: "second", props: release({ [name]: value }) },
        ];
        expect(stackViolations(oneReleasePerFlow, stack)).toEqual([]);
    });

    it("refuses every further release of a flow, and names the first", () => {
        const stack = [
            { name: "first", props: release() },
            { name: "second", props: release({ versionTag: "v2.0.0" }) },
            { name: "elsewhere", props: release({ targetEnvironment: "staging" }) },
            { name: "third", props: release() },
        ];
        expect(stackViolations(oneReleasePerFlow, stack)).toEqual([
            { message: `Release second ${TEXT}`, urn: urnOf(RELEASE_TYPE, "second") },
            { message: `Release third ${TEXT}`, urn: urnOf(RELEASE_TYPE, "third") },
        ]);
    });

    it("keeps places apart whose names run together", () => {
        const stack = [
            { name: "first", props: release({ botId: 'a","b', flowId: "c" }) },
            { name: "second", props: release({ botId: "a", flowId: 'b","c' }) },
        ];
        expect(stackViolations(oneReleasePerFlow, stack)).toEqual([]);
    });

    it("ignores resources of another type", () => {
        const bucket = { type: "aws:s3/bucket:Bucket", props: release() };
        const stack = [
            { name: "first", props: release() },
            { ...bucket, name: "second" },
            { ...bucket, name: "third" },
        ];
        expect(stackViolations(oneReleasePerFlow, stack)).toEqual([]);
    });

    it.each(Object.keys(OTHERS))("waits for %s to be known", (name) => {
        const stack = [{ name: "first", props: release({ [name]: UNKNOWN }) }];
        expect(stackUndecidedAt(oneReleasePerFlow, stack)).toBe(name);
    });
});
