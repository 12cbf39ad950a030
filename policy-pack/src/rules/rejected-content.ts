import { releasePolicy } from "../release-policy";

interface Settings {
    minReasonLength: number;
}

/** Refuses content that was rolled back before, unless a reason is given for trying it again. */
export const rejectedContent = releasePolicy<Settings>({
    name: "rejected-content",
    description: "What was rolled back does not go live again without a reason.",
    settings: {
        minReasonLength: {
            type: "integer",
            minimum: 1,
            default: 10,
            description: "Characters that a reason has at least.",
        },
    },
    judge: ({ deployment, context }, { minReasonLength }) => {
        const rejected = context?.deploys ? context.rejected : undefined;
        const reason = typeof deployment.retryRejected === "string" ? deployment.retryRejected : "";
        return rejected && reason.trim().length < minReasonLength
            ? {
                  found: `the same content was rolled back as ${rejected.versionTag} on ${rejected.at}: ${rejected.reason}`,
                  expected: `other content, or a reason of at least ${minReasonLength} characters`,
                  advice: "Mend the flow, or state in `deployment.retryRejected` why it is to go live all the same",
              }
            : undefined;
    },
});
