import { type ForEnvironments, forEnvironments } from "../production";
import { releasePolicy } from "../release-policy";

interface Settings extends ForEnvironments {
    minReasonLength: number;
}

/** Refuses production without rollback on failure, and without rollback on delete unless a reason is stated. */
export const rollbackOnFailureRequired = releasePolicy<Settings>({
    name: "rollback-on-failure-required",
    description: "A release that fails is rolled back, and one that is deleted too unless there is a reason.",
    settings: {
        environments: forEnvironments,
        minReasonLength: {
            type: "integer",
            minimum: 1,
            default: 10,
            description: "Characters that a reason has at least.",
        },
    },
    judge: (
        { targetEnvironment, deployment, onDelete, retainReason = "" },
        { environments, minReasonLength },
    ) => {
        if (!environments.includes(targetEnvironment)) {
            return undefined;
        }
        if (!deployment.rollbackOnFailure) {
            return {
                found: "it stays live when it fails",
                expected: `a rollback on failure for ${targetEnvironment}`,
                advice: "Take `deployment.rollbackOnFailure: false` out",
            };
        }
        return onDelete === "retain" && retainReason.trim().length < minReasonLength
            ? {
                  found: "it stays live when it is deleted, without a stated reason",
                  expected: `\`onDelete: "rollback"\`, or a reason of at least ${minReasonLength} characters`,
                  advice: "State the reason in `retainReason`",
              }
            : undefined;
    },
});
