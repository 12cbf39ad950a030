import semver from "semver";
import { releasePolicy } from "../release-policy";

interface Settings {
    minReasonLength: number;
}

/** Refuses a tag that is lower than the one live, unless it is declared as a deliberate step back. */
export const noDowngrade = releasePolicy<Settings>({
    name: "no-downgrade",
    description: "A release does not go back to a lower version by mistake.",
    settings: {
        minReasonLength: {
            type: "integer",
            minimum: 1,
            default: 10,
            description: "Characters that a reason has at least.",
        },
    },
    judge: ({ versionTag, deployment, context }, { minReasonLength }) => {
        if (context?.deploys === false) {
            return undefined;
        }
        const previous = context?.previous?.versionTag;
        const [next, live] = [semver.parse(versionTag), semver.parse(previous)];
        if (!next || !live || semver.gte(next, live)) {
            return undefined;
        }
        return (deployment.downgrade ?? "").trim().length < minReasonLength
            ? {
                  found: `${versionTag} is lower than ${previous}, which is live`,
                  expected: `a higher version, or a reason of at least ${minReasonLength} characters`,
                  advice: "Raise `versionTag`, or state in `deployment.downgrade` why the step back is deliberate",
              }
            : undefined;
    },
});
