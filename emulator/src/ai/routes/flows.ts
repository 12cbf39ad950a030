import type { FastifyInstance } from "fastify";
import { jsonBody } from "../../bodies";
import { Refusal } from "../../refusal";
import { objectIdFor } from "../ids";
import type { AiPlatform } from "../platform";
import { byReference, type Flow, type Intent } from "../resource";
import { trainAll, trainFlow } from "../training";
import { createdTaskView, intentView, metaOf, nodeItemView } from "../views";
import { intentOf } from "../walk";
import { optionalJsonBody } from "./bodies";
import { callerOf } from "./caller";
import { sendPage } from "./list";
import type { Reach } from "./reach";

type FlowParams = { Params: { id: string } };
type NodeParams = { Params: { id: string; node: string } };
type IntentParams = { Params: { id: string; intent: string } };

const own = ["preferredLocaleId", "parent", "includeChildren", "includeFeedbackReport"];

const trainSchema = {
    type: "object",
    additionalProperties: false,
    properties: { localeId: { type: "string" }, mode: { enum: ["full", "quick"] } },
};

const scoreSchema = {
    type: "object",
    required: ["flowReferenceId", "localeReferenceId", "sentence"],
    properties: {
        flowReferenceId: { type: "string" },
        localeReferenceId: { type: "string" },
        sentence: { type: "string", minLength: 1 },
    },
};

/** The steps of flows, their intents, and their training. */
export function registerFlowRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.get<FlowParams>("/flows/:id/chart", (request, reply) => {
        const { resource: flow } = reach.resource(request, "flow", request.params.id);
        const { nodes, relations } = flow.chart;
        return reply.send({ _id: objectIdFor("chart", flow._id), nodes: nodes.map(nodeItemView), relations });
    });

    api.get<FlowParams>("/flows/:id/chart/nodes", (request, reply) => {
        const { resource: flow } = reach.resource(request, "flow", request.params.id);
        return sendPage(request, reply, platform, flow.chart.nodes.map(nodeItemView), { own });
    });

    api.get<NodeParams>("/flows/:id/chart/nodes/:node", (request, reply) => {
        const { project, resource: flow } = reach.resource(request, "flow", request.params.id);
        const node = flow.chart.nodes.find(({ _id }) => _id === request.params.node);
        if (node === undefined) {
            throw Refusal.notFound(`The node "${request.params.node}" does not exist.`);
        }
        const localeReference = byReference(project.all(), "locale", flow.locale)?._id ?? "";
        return reply.send({ ...node, preview: "", localeReference });
    });

    api.get<FlowParams>("/flows/:id/intents", (request, reply) => {
        const { project, resource: flow } = reach.resource(request, "flow", request.params.id);
        const items = flow.intents.map((intent) => intentView(intent, flow, project.all()));
        return sendPage(request, reply, platform, items, { own });
    });

    api.get<IntentParams>("/flows/:id/intents/:intent", (request, reply) => {
        const { project, resource: flow } = reach.resource(request, "flow", request.params.id);
        const intent = intentIn(flow, request.params.intent);
        const { _id: _flow, ...meta } = metaOf(flow);
        return reply.send({ ...intentView(intent, flow, project.all()), ...meta, condition: "", rules: [] });
    });

    api.get<IntentParams>("/flows/:id/intents/:intent/sentences", (request, reply) => {
        const { resource: flow } = reach.resource(request, "flow", request.params.id);
        const intent = intentIn(flow, request.params.intent);
        const items = intent.examples.map((text, index) => ({
            ...metaOf({ ...flow, _id: objectIdFor("sentence", intent._id, String(index)) }),
            text,
            slots: [],
        }));
        return sendPage(request, reply, platform, items, { own });
    });

    api.post<FlowParams>(
        "/flows/:id/intents/train",
        { preValidation: optionalJsonBody, schema: { body: trainSchema } },
        (request, reply) => {
            const { project, resource: flow } = reach.resource(request, "flow", request.params.id);
            const caller = callerOf(request);
            const task = trainFlow(platform.tasks, project, flow, caller._id);
            platform.audit.record(caller, {
                type: "action",
                actionType: "trainIntents",
                chain: [{ elementId: flow._id, elementType: "flow" }],
                projectId: project._id,
            });
            return reply.code(202).send(createdTaskView(task));
        },
    );

    api.post<FlowParams>(
        "/projects/:id/trainallflows",
        { preValidation: optionalJsonBody },
        (request, reply) => {
            const project = reach.project(request, request.params.id);
            const caller = callerOf(request);
            platform.audit.record(caller, {
                type: "action",
                actionType: "trainAllProjectFlows",
                chain: [{ elementId: project._id, elementType: "project" }],
                projectId: project._id,
            });
            return reply.code(202).send(createdTaskView(trainAll(platform.tasks, project, caller._id)));
        },
    );

    api.post<FlowParams & { Body: { flowReferenceId: string; sentence: string } }>(
        "/projects/:id/nlu/scores",
        { preValidation: jsonBody, schema: { body: scoreSchema } },
        (request, reply) => {
            const project = reach.project(request, request.params.id);
            const flow = byReference(project.all(), "flow", request.body.flowReferenceId);
            if (flow === undefined) {
                throw Refusal.notFound(`The flow "${request.body.flowReferenceId}" does not exist.`);
            }
            const scores = flow.trained.map((intent) => ({
                id: intent._id,
                name: intent.name,
                score: intentOf({ ...flow, trained: [intent] }, request.body.sentence).score,
                negated: false,
                flow: flow.referenceId,
            }));
            return reply.send(scores.sort((a, b) => b.score - a.score));
        },
    );
}

function intentIn(flow: Flow, id: string): Intent {
    const intent = flow.intents.find(({ _id }) => _id === id);
    if (intent === undefined) {
        throw Refusal.notFound(`The intent "${id}" does not exist.`);
    }
    return intent;
}
