import { rollbackOnFailureRequired } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const retained = (minReasonLength = 10) =>
    'it stays live when it is deleted, without a stated reason; expected `onDelete: "rollback"`, or a reason of at ' +
    `least ${minReasonLength} characters. State the reason in \`retainReason\`.`;

describe("rollback-on-failure-required", () => {
    it("lets a release through that is rolled back when it fails and when it is deleted", () => {
        expect(violations(rollbackOnFailureRequired, release())).toEqual([]);
    });

    it("refuses production that stays live when it fails", () => {
        const stays = release({ deployment: { rollbackOnFailure: false } });
        expect(violations(rollbackOnFailureRequired, stays)).toEqual([
            message(
                "it stays live when it fails; expected a rollback on failure for production. " +
                    "Take `deployment.rollbackOnFailure: false` out.",
            ),
        ]);
    });

    it.each([undefined, "because", "  because   "])(
        "refuses production that stays live when it is deleted, for the reason %j",
        (retainReason) => {
            const retain = release({ onDelete: "retain", retainReason });
            expect(violations(rollbackOnFailureRequired, retain)).toEqual([message(retained())]);
        },
    );

    it("lets a release through that stays live when it is deleted, for a reason", () => {
        const retain = release({ onDelete: "retain", retainReason: "moves to another stack" });
        expect(violations(rollbackOnFailureRequired, retain)).toEqual([]);
    });

    it("asks nothing of other environments", () => {
        const staging = {
            deployment: { rollbackOnFailure: false },
            onDelete: "retain",
            targetEnvironment: "staging",
        };
        expect(violations(rollbackOnFailureRequired, release(staging))).toEqual([]);
    });

    it("takes environments and length from the config", () => {
        const staging = {
            onDelete: "retain",
            retainReason: "moves to another stack",
            targetEnvironment: "staging",
        };
        const config = { environments: ["staging"], minReasonLength: 30 };
        expect(violations(rollbackOnFailureRequired, release({ onDelete: "retain" }), config)).toEqual([]);
        expect(violations(rollbackOnFailureRequired, release(staging), config)).toEqual([
            message(retained(30), staging),
        ]);
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["deployment", { deployment: UNKNOWN }],
        ["deployment.rollbackOnFailure", { deployment: { rollbackOnFailure: UNKNOWN } }],
        ["onDelete", { onDelete: UNKNOWN }],
        ["retainReason", { onDelete: "retain", retainReason: UNKNOWN }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(rollbackOnFailureRequired, release(changes))).toBe(path);
    });
});
