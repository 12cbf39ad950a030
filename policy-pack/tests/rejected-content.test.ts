import { rejectedContent } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const rejected = (deployment: Record<string, unknown> = {}) =>
    release({
        context: {
            rejected: {
                versionTag: "v1.4.0",
                at: "2026-01-02T03:04:05.000Z",
                reason: "after its deployment the bot was unhealthy",
            },
        },
        deployment,
    });

const text = (length = 10) =>
    "the same content was rolled back as v1.4.0 on 2026-01-02T03:04:05.000Z: after its deployment the bot was " +
    `unhealthy; expected other content, or a reason of at least ${length} characters. Mend the flow, or state in ` +
    "`deployment.retryRejected` why it is to go live all the same.";

describe("rejected-content", () => {
    it("lets content through that was not rolled back", () => {
        expect(violations(rejectedContent, release())).toEqual([]);
    });

    it.each([undefined, true, "again", "   again     "])(
        "refuses content that was rolled back, to be tried again for the reason %j",
        (retryRejected) => {
            expect(violations(rejectedContent, rejected({ retryRejected }))).toEqual([message(text())]);
        },
    );

    it("lets content through that is tried again for a reason", () => {
        expect(violations(rejectedContent, rejected({ retryRejected: "the outage is over" }))).toEqual([]);
    });

    it("takes the length of a reason from the config", () => {
        const retry = rejected({ retryRejected: "the outage is over" });
        expect(violations(rejectedContent, retry, { minReasonLength: 18 })).toEqual([]);
        expect(violations(rejectedContent, retry, { minReasonLength: 19 })).toEqual([message(text(19))]);
    });

    it.each([
        ["context", { context: UNKNOWN }],
        ["context.rejected", { context: { rejected: UNKNOWN } }],
        ["deployment", { deployment: UNKNOWN }],
        ["deployment.retryRejected", { deployment: { retryRejected: UNKNOWN } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(rejectedContent, release(changes))).toBe(path);
    });
});
