import type { FlowDiff } from "../../src/release/diff/change.js";
import { diffFlows } from "../../src/release/diff/diff.js";
import type { Shared } from "../../src/release/shared.js";
import { flow } from "./samples.js";

/** What there is to tell of a flow whose greeting, and perhaps more, was changed. */
export function greetingDiff(
    before: unknown,
    after: unknown,
    more: Record<string, unknown>[] = [],
): FlowDiff {
    const greeting = (text: unknown) =>
        flow({
            nodes: [flow().nodes[0], { ...flow().nodes[1], config: { text, next: "n3" } }, flow().nodes[2]],
        });
    const next = greeting(after);
    return diffFlows(greeting(before), { ...next, nodes: [...next.nodes, ...more] });
}

/** A text that is too long for a line. */
export const LONG = "I can book a flight for you, or change or cancel one that you have booked before.";

/** What another flow uses too, and that one could not be seen. */
export const CRM_IN_SUPPORT: Shared = {
    resources: [
        {
            resourceType: "external_api",
            resourceId: "crm_lookup",
            flows: [{ flowId: "flow_support", name: "Support" }],
        },
    ],
    unseen: ["flow_9"],
};
