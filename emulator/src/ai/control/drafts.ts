import type { FastifyInstance } from "fastify";
import { type Access, accesses } from "../../bots/definition";
import { Refusal } from "../../refusal";
import { type Chart, changeNode, type NodeChange, removeNode } from "../chart";
import type { AiPlatform } from "../platform";
import type { Project } from "../project";
import { type Flow, type ResourceType, resourceTypes } from "../resource";
import { secondsOf } from "../time";
import type { Finder } from "./find";

const nodesSchema = {
    type: "object",
    minProperties: 1,
    additionalProperties: {
        type: ["object", "null"],
        additionalProperties: false,
        properties: {
            label: { type: "string" },
            comment: { type: "string" },
            isDisabled: { type: "boolean" },
            config: { type: "object" },
        },
    },
};

const sentencesSchema = { type: "array", items: { type: "string", minLength: 1 } };

const accessParamsSchema = { type: "object", properties: { type: { enum: resourceTypes } } };

const accessSchema = {
    type: "object",
    required: ["access"],
    additionalProperties: false,
    properties: { access: { enum: accesses } },
};

type IntentParams = { Params: { flow: string; intent: string } };

/** Editing a project as its authors would: steps, intents, and what flows need. */
export function registerDraftControl(control: FastifyInstance, platform: AiPlatform, finder: Finder): void {
    control.patch<{ Params: { flow: string }; Body: Readonly<Record<string, NodeChange | null>> }>(
        "/flows/:flow/nodes",
        { schema: { body: nodesSchema } },
        ({ params, body }, reply) => {
            const { project, resource: flow } = finder.resource("flow", params.flow);
            const chart = Object.entries(body).reduce(
                (edited, [word, change]) => edit(edited, word, change),
                flow.chart,
            );
            save(project, { ...flow, chart });
            return reply.code(204).send();
        },
    );

    control.put<IntentParams & { Body: string[] }>(
        "/flows/:flow/intents/:intent/sentences",
        { schema: { body: sentencesSchema } },
        ({ params, body }, reply) => {
            const { project, resource: flow } = finder.resource("flow", params.flow);
            const name = knownIntent(flow, params.intent);
            const intents = flow.intents.map((intent) =>
                intent.name === name ? { ...intent, examples: body } : intent,
            );
            save(project, { ...flow, intents, isTrainingOutOfDate: true });
            return reply.code(204).send();
        },
    );

    control.delete<IntentParams>("/flows/:flow/intents/:intent", ({ params }, reply) => {
        const { project, resource: flow } = finder.resource("flow", params.flow);
        const name = knownIntent(flow, params.intent);
        const intents = flow.intents.filter((intent) => intent.name !== name);
        save(project, { ...flow, intents, isTrainingOutOfDate: true });
        return reply.code(204).send();
    });

    control.put<{ Params: { type: ResourceType; name: string }; Body: { access: Access } }>(
        "/resources/:type/:name",
        { schema: { params: accessParamsSchema, body: accessSchema } },
        ({ params, body }, reply) => {
            const { project, resource } = finder.resource(params.type, params.name);
            project.setAccess(resource, body.access);
            return reply.code(204).send();
        },
    );

    function save(project: Project, flow: Flow): void {
        project.put({ ...flow, lastChanged: secondsOf(platform.now()) });
    }
}

/** @param word the `_id` or the label of a step */
function edit(chart: Chart, word: string, change: NodeChange | null): Chart {
    const found = chart.nodes.filter(({ _id, label }) => _id === word || label === word);
    const [node] = found;
    if (node === undefined) {
        throw Refusal.notFound(`The flow has no step "${word}".`);
    }
    if (found.length > 1) {
        throw new Refusal("conflict", "ambiguous", `The flow has more than one step "${word}": use its _id.`);
    }
    return change === null ? removeNode(chart, node._id) : changeNode(chart, node._id, change);
}

function knownIntent({ name: flow, intents }: Flow, name: string): string {
    if (intents.every((intent) => intent.name !== name)) {
        throw Refusal.notFound(`The flow "${flow}" has no intent "${name}".`);
    }
    return name;
}
