import { noDowngrade } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const over = (previous: string, versionTag: string, deployment: Record<string, unknown> = {}) =>
    release({ versionTag, context: { previous: { versionTag: previous } }, deployment });

const text = (versionTag: string, previous: string, length = 10) =>
    message(
        `${versionTag} is lower than ${previous}, which is live; expected a higher version, or a reason of at least ` +
            `${length} characters. Raise \`versionTag\`, or state in \`deployment.downgrade\` why the step back is deliberate.`,
        { versionTag },
    );

describe("no-downgrade", () => {
    it.each([
        ["v1.4.1", "v1.4.2"],
        ["v1.4.2", "v1.4.2"],
        ["1.9.0", "v1.10.0"],
        ["v2.0.0-rc.2", "v2.0.0"],
        ["v2.0.0-rc.2", "v2.0.0-rc.10"],
        ["v1.4.2+build.2", "v1.4.2+build.1"],
        // What is live may have been tagged by hand, or be no version at all.
        ["draft", "v0.0.1"],
        ["summer sale", "v1.4.2"],
    ])("lets the step from %s to %s through", (previous, versionTag) => {
        expect(violations(noDowngrade, over(previous, versionTag))).toEqual([]);
    });

    it.each([
        ["v1.4.2", "v1.4.1"],
        ["v1.10.0", "1.9.9"],
        ["v2.0.0", "v2.0.0-rc.2"],
        ["v2.0.0-rc.10", "v2.0.0-rc.2"],
        ["v2.0.0-alpha", "v2.0.0-1"],
    ])("refuses the step from %s to %s", (previous, versionTag) => {
        expect(violations(noDowngrade, over(previous, versionTag))).toEqual([text(versionTag, previous)]);
    });

    it.each(["oops", "   oops        "])("refuses a step back for the reason %j", (downgrade) => {
        expect(violations(noDowngrade, over("v1.4.2", "v1.4.1", { downgrade }))).toEqual([
            text("v1.4.1", "v1.4.2"),
        ]);
    });

    it("lets a deliberate step back through", () => {
        const back = over("v1.4.2", "v1.4.1", { downgrade: "v1.4.2 loses bookings" });
        expect(violations(noDowngrade, back)).toEqual([]);
        expect(violations(noDowngrade, back, { minReasonLength: 21 })).toEqual([]);
        expect(violations(noDowngrade, back, { minReasonLength: 22 })).toEqual([
            text("v1.4.1", "v1.4.2", 22),
        ]);
    });

    it.each([
        ["nothing was live before", { context: { previous: undefined } }],
        ["what is live has no semantic version", { context: { previous: { versionTag: "summer" } } }],
        ["its own tag is no semantic version: another rule refuses that", { versionTag: "summer" }],
    ])("has nothing to say where %s", (_, changes) => {
        expect(violations(noDowngrade, release(changes))).toEqual([]);
    });

    it.each([
        ["versionTag", { versionTag: UNKNOWN }],
        ["context", { context: UNKNOWN }],
        ["context.previous", { context: { previous: UNKNOWN } }],
        ["context.previous.versionTag", { context: { previous: { versionTag: UNKNOWN } } }],
        ["deployment.downgrade", { versionTag: "v1.0.0", deployment: { downgrade: UNKNOWN } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(noDowngrade, release(changes))).toBe(path);
    });
});
