import { RISKS, type Risk } from "pulumi-cognigy/release";
import { releasePolicy } from "../release-policy";

interface Settings {
    maxChangedNodes: number;
    maxChangedShare: number;
    maxRisk: Risk;
}

/** Advises against a release that changes more of the flow than the limit, or what is riskier. */
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
        maxRisk: {
            type: "string",
            enum: [...RISKS],
            default: "destructive",
            description:
                "What the changes of a release are at most: text, logic, integration or destructive.",
        },
    },
    judge: ({ context }, { maxChangedNodes, maxChangedShare, maxRisk }) => {
        const impact = context?.deploys ? context.impact : undefined;
        if (!impact) {
            return undefined;
        }
        if (impact.changed > maxChangedNodes || impact.changed > impact.nodes * maxChangedShare) {
            return {
                found: `${impact.changed} of ${impact.nodes} nodes change`,
                expected: `at most ${maxChangedNodes}, and at most a share of ${maxChangedShare}`,
                advice: "Release it in smaller steps, or look at each change in `pulumi preview --diff`",
            };
        }
        const riskier = RISKS.slice(RISKS.indexOf(maxRisk) + 1).filter((risk) => impact.risks[risk] > 0);
        return riskier.length > 0
            ? {
                  found: `of the changes ${riskier.map((risk) => `${impact.risks[risk]} are ${risk}`).join(", ")}`,
                  expected: `at most ${maxRisk}`,
                  advice: "Release it by itself, or look at each change in `pulumi preview --diff`",
              }
            : undefined;
    },
});
