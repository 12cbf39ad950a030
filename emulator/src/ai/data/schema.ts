import { variantsSchema } from "../variants";

const text = { type: "string", minLength: 1 };
const milliseconds = { type: "number", minimum: 0 };

/** How many requests in which time; null: no limit. */
export const quotaSchema = {
    type: ["object", "null"],
    required: ["requests", "windowSeconds"],
    additionalProperties: false,
    properties: {
        requests: { type: "integer", minimum: 1 },
        windowSeconds: { type: "number", exclusiveMinimum: 0 },
    },
};

const userSchema = {
    type: "object",
    required: ["email", "apiKey"],
    additionalProperties: false,
    properties: {
        email: text,
        apiKey: text,
        name: text,
        roles: { type: "array", items: text },
        projects: { type: "array", items: text },
    },
};

const oauthClientSchema = {
    type: "object",
    required: ["clientId", "clientSecret", "user"],
    additionalProperties: false,
    properties: { clientId: text, clientSecret: text, user: text },
};

/** The `ai` property of the data file. */
export const aiDataSchema = {
    type: "object",
    additionalProperties: false,
    properties: {
        users: { type: "array", minItems: 1, items: userSchema },
        oauthClients: { type: "array", items: oauthClientSchema },
        queuedMs: milliseconds,
        taskMs: milliseconds,
        settleMs: milliseconds,
        quota: quotaSchema,
        variants: variantsSchema,
    },
};
