import * as z from "zod";
import type { Found } from "../../examination.js";
import { itemsOf, tried } from "../../tried.js";
import * as answers from "../answers.js";
import { part } from "../api.js";
import { readChart } from "../draft.js";
import type { ProjectView, Reader } from "./project-view.js";

/** A flow, and whether an endpoint leads to it. */
interface Seen {
    flow: answers.Flow;
    bound: boolean;
}

/** The flows of a project: their ids, whether they are trained, and what it takes to read one. */
export async function flowFindings(api: Reader, view: ProjectView): Promise<Found[]> {
    if ("error" in view.flows) {
        return [];
    }
    if (view.flows.value.length === 0) {
        return [{ check: "flows", verdict: "warning", found: "the project has no flows" }];
    }
    const bound = new Set(
        [...view.whole.values()].flatMap((one) => ("value" in one ? (one.value.flowId ?? []) : [])),
    );
    const seen = itemsOf(view.flows).map((flow) => ({ flow, bound: bound.has(flow.referenceId) }));
    // Those that are released stand first.
    seen.sort((one, other) => Number(other.bound) - Number(one.bound));
    return Promise.all(seen.map((one) => flowFinding(api, one)));
}

async function flowFinding(api: Reader, { flow, bound }: Seen): Promise<Found> {
    const { _id: id, referenceId, name, isTrainingOutOfDate } = flow;
    const subject = { kind: "flow", id, name, referenceId };
    const what = `flow "${name}": flowId "${referenceId}" (or its _id ${id})${bound ? await costOf(api, flow) : ""}`;
    const check = "flow";
    if (isTrainingOutOfDate === undefined) {
        return {
            check,
            subject,
            verdict: "not known",
            found: `${what}; the platform does not tell whether it is trained`,
        };
    }
    if (!isTrainingOutOfDate) {
        return { check, subject, verdict: "ok", found: `${what}; trained` };
    }
    return {
        check,
        subject,
        verdict: bound ? "will not work" : "warning",
        found: `${what}; its intents were edited since they were trained`,
        advice: "Build the model in the editor: until then a new version of it is refused.",
    };
}

/** How much of the quota it takes to read a flow once. */
async function costOf(api: Reader, flow: answers.Flow): Promise<string> {
    const [chart, intents] = await Promise.all([
        tried(readChart(api, flow._id)),
        tried(
            api.get(`/flows/${part(flow._id)}/intents`, answers.page(z.unknown()), {
                query: { limit: "100" },
                needs: "read flows",
            }),
        ),
    ]);
    if ("error" in chart || "error" in intents) {
        return "";
    }
    const nodes = chart.value.nodes.length;
    const count = intents.value.total ?? intents.value.items.length;
    const calls = callsToRead(nodes, count);
    return `; ${nodes} nodes and ${count} intents: reading it takes ${calls} calls`;
}

/** How many calls reading a flow takes: itself, its chart, its list of intents, and all that these lists do not tell. */
function callsToRead(nodes: number, intents: number): number {
    return 2 + Math.max(1, Math.ceil(intents / 100)) + nodes + 2 * intents;
}
