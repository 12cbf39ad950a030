import { releasePolicy } from "../release-policy";

interface Settings {
    order: string[];
    minSoakMinutes: number;
}

/** Refuses content that the environment before has not had live and healthy for long enough. */
export const promotionOrder = releasePolicy<Settings>({
    name: "promotion-order",
    description: "A content proves itself in one environment before it goes to the next.",
    settings: {
        order: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                'The environments in their order, such as ["staging", "production"]; none: the rule holds for nothing.',
        },
        minSoakMinutes: {
            type: "number",
            minimum: 0,
            default: 60,
            description: "Minutes that a content stands in an environment before it goes on.",
        },
    },
    judge: ({ targetEnvironment, contentHash, context, promotedFrom }, { order, minSoakMinutes }, now) => {
        const before = order[order.indexOf(targetEnvironment) - 1];
        // What stands as it is declared is not released.
        if (before === undefined || context?.deploys === false) {
            return undefined;
        }
        const elsewhere =
            promotedFrom?.environment === before && promotedFrom.contentHash === contentHash
                ? promotedFrom.deployedAt
                : undefined;
        const since = context?.proven.find(({ environment }) => environment === before)?.since ?? elsewhere;
        const advice = `Release it to ${before} first, or hand its outputs there over in \`promotedFrom\``;
        if (since === undefined) {
            return {
                found: `${before} has not had this content (${contentHash}) live and healthy`,
                expected: `the same content in ${before} for at least ${minSoakMinutes} minutes`,
                advice,
            };
        }
        const minutes = Math.floor((now - Date.parse(since)) / 60_000);
        return minutes < minSoakMinutes
            ? {
                  found: `${before} has had this content for ${minutes} minutes`,
                  expected: `at least ${minSoakMinutes}`,
                  advice: `Wait ${minSoakMinutes - minutes} minutes more`,
              }
            : undefined;
    },
});
