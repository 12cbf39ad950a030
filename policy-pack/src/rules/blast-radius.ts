import { RISKS, type Risk, type SharedUse } from "pulumi-cognigy/release";
import { type Refusal, releasePolicy } from "../release-policy";

interface Settings {
    maxChangedNodes: number;
    maxChangedShare: number;
    maxRisk: Risk;
    maxOtherFlows: number;
}

/** More flows than this are counted in a message. */
const MOST_NAMED = 3;

/** Advises against a release that changes more of the flow than the limit, what is riskier, or what other flows use too. */
export const blastRadius = releasePolicy<Settings>({
    name: "blast-radius",
    description: "A release changes a part of the bot that can be overseen.",
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
        maxOtherFlows: {
            type: "integer",
            minimum: 0,
            default: 5,
            description:
                "Other flows of the bot that may use what a release touches, at most. Those that could not be seen do not count.",
        },
    },
    judge: ({ context }, { maxChangedNodes, maxChangedShare, maxRisk, maxOtherFlows }) => {
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
        if (riskier.length > 0) {
            return {
                found: `of the changes ${riskier.map((risk) => `${impact.risks[risk]} are ${risk}`).join(", ")}`,
                expected: `at most ${maxRisk}`,
                advice: "Release it by itself, or look at each change in `pulumi preview --diff`",
            };
        }
        return tooWide(impact.shared, maxOtherFlows);
    },
});

function tooWide(shared: SharedUse | undefined, maxOtherFlows: number): Refusal | undefined {
    if (!shared || shared.flows.length <= maxOtherFlows) {
        return undefined;
    }
    const { flows, resources } = shared;
    const more = flows.length > MOST_NAMED ? [`${flows.length - MOST_NAMED} more`] : [];
    const names = [...flows.slice(0, MOST_NAMED), ...more].join(", ");
    const what =
        resources === 1 ? "1 resource that it touches is" : `${resources} resources that it touches are`;
    return {
        found: `${what} used by ${flows.length === 1 ? "1 other flow" : `${flows.length} other flows`} (${names})`,
        expected: `at most ${maxOtherFlows}`,
        advice: "Simulate those flows too, and look at what they share in `pulumi preview --diff`",
    };
}
