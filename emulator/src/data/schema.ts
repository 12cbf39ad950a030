import { aiDataSchema } from "../ai/data/schema";
import { accesses } from "../bots/definition";
import { deploymentStatuses } from "../bots/deployments";
import { scopes } from "../bots/scopes";

const text = { type: "string", minLength: 1 };
const moment = { type: "string", format: "date-time" };
const milliseconds = { type: "number", minimum: 0 };
const access = { enum: accesses };

const listOf = (items: object) => ({ type: "array", items });

/** A step of a flow. */
export const nodeSchema = {
    type: "object",
    required: ["id", "type"],
    properties: { id: text, type: text },
};

/** The draft of a flow, or the snapshot of one. */
export const definitionSchema = {
    type: "object",
    required: ["id"],
    properties: { id: text, name: text, updated_at: moment, nodes: listOf(nodeSchema) },
};

/** A list of places in a flow that mention a resource. */
export const dependencyRowsSchema = listOf({
    type: "object",
    required: ["resourceType", "resourceId", "referencePath"],
    additionalProperties: false,
    properties: { resourceType: text, resourceId: text, referencePath: text },
});

/** What health probes answer. */
export const healthSchema = {
    type: "object",
    required: ["sequence"],
    additionalProperties: false,
    // biome-ignore lint/suspicious/noThenProperty: a property of the data file, never a function
    properties: { sequence: listOf({ type: "boolean" }), then: { type: "boolean" } },
};

const clientSchema = {
    type: "object",
    required: ["clientId", "clientSecret"],
    additionalProperties: false,
    properties: {
        clientId: text,
        clientSecret: text,
        audience: text,
        scopes: listOf({ enum: scopes }),
    },
};

const intentSchema = {
    type: "object",
    required: ["id"],
    additionalProperties: false,
    properties: { id: text, name: text, examples: listOf(text), access },
};

const resourceSchema = { type: "object", required: ["id"], properties: { id: text, access } };

const deploymentSchema = {
    type: "object",
    required: ["deploymentId", "flowId", "versionTag", "targetEnvironment"],
    additionalProperties: false,
    properties: {
        deploymentId: text,
        flowId: text,
        versionTag: { type: "string", format: "version-tag" },
        targetEnvironment: text,
        status: { enum: deploymentStatuses },
        changelog: { type: "string" },
        createdBy: text,
        createdAt: moment,
        completedAt: moment,
        snapshot: definitionSchema,
    },
};

const botSchema = {
    type: "object",
    required: ["id"],
    additionalProperties: false,
    properties: {
        id: text,
        name: text,
        intents: listOf(intentSchema),
        entities: listOf(resourceSchema),
        externalApis: listOf(resourceSchema),
        resources: listOf(resourceSchema),
        flows: listOf({
            ...definitionSchema,
            properties: { ...definitionSchema.properties, dependencies: dependencyRowsSchema },
        }),
        deployments: listOf(deploymentSchema),
        health: healthSchema,
    },
};

/** The whole data file. */
export const platformDataSchema = {
    type: "object",
    required: ["bots"],
    additionalProperties: false,
    properties: {
        tokenLifetimeSeconds: { type: "number", exclusiveMinimum: 0 },
        simulationMs: milliseconds,
        deploymentMs: milliseconds,
        clients: { ...listOf(clientSchema), minItems: 1 },
        bots: listOf(botSchema),
        ai: aiDataSchema,
    },
};
