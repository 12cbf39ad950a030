import { releasePolicy } from "../release-policy";

interface Settings {
    maxChangedNodes: number;
    maxChangedShare: number;
}

/** Advises against a release that changes more of the flow than the limit. */
export const blastRadius = releasePolicy<Settings>({
    name: "blast-radius",
    description: "A release changes a part of the flow that can be overseen.",
    enforcementLevel: "advisory",
    settings: {
        maxChangedNodes: {
            type: "integer",
            minimum: 0,
            default: 50,
            description: "Nodes that a release changes at most.",
        },
        maxChangedShare: {
            type: "number",
            minimum: 0,
            maximum: 1,
            default: 0.25,
            description: "The share of the flow's nodes that a release changes at most.",
        },
    },
    judge: ({ context }, { maxChangedNodes, maxChangedShare }) => {
        const impact = context?.deploys ? context.impact : undefined;
        return impact && (impact.changed > maxChangedNodes || impact.changed > impact.nodes * maxChangedShare)
            ? {
                  found: `${impact.changed} of ${impact.nodes} nodes change`,
                  expected: `at most ${maxChangedNodes}, and at most a share of ${maxChangedShare}`,
                  advice: "Release it in smaller steps, or look at each change in `pulumi preview --diff`",
              }
            : undefined;
    },
});
