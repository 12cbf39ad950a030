import type { FastifyInstance } from "fastify";
import type { FaultRule } from "../faults";
import type { Traffic } from "../traffic";

const seconds = { type: "number", minimum: 0 };

const faultRuleSchema = {
    type: "object",
    required: ["fault"],
    additionalProperties: false,
    properties: {
        match: {
            type: "object",
            additionalProperties: false,
            properties: {
                method: { type: "string", minLength: 1 },
                path: { type: "string", format: "regular-expression" },
                query: { type: "string", format: "regular-expression" },
            },
        },
        skip: { type: "integer", minimum: 0 },
        times: { type: ["integer", "null"], minimum: 1 },
        fault: {
            type: "object",
            required: ["kind"],
            discriminator: { propertyName: "kind" },
            oneOf: [
                {
                    required: ["ms"],
                    additionalProperties: false,
                    properties: { kind: { const: "latency" }, ms: { type: "number", exclusiveMinimum: 0 } },
                },
                {
                    required: ["status"],
                    additionalProperties: false,
                    properties: {
                        kind: { const: "status" },
                        status: { type: "integer", minimum: 200, maximum: 599 },
                        retryAfter: seconds,
                        retryAfterDate: seconds,
                        body: {},
                        after: { type: "boolean" },
                    },
                },
                {
                    required: ["when"],
                    additionalProperties: false,
                    properties: { kind: { const: "drop" }, when: { enum: ["before", "after"] } },
                },
                {
                    additionalProperties: false,
                    properties: {
                        kind: { const: "malformed" },
                        body: { type: "string" },
                        // What could not stand in a header would break the answer in another way than it was meant to.
                        contentType: { type: "string", pattern: "^[ -~]+$" },
                    },
                },
                { additionalProperties: false, properties: { kind: { const: "truncate" } } },
            ],
        },
    },
};

/** Adding, reading and clearing the faults that befall requests. */
export function registerFaultControl(control: FastifyInstance, traffic: Traffic): void {
    control.get("/faults", () => traffic.faults.list());

    control.post<{ Body: FaultRule }>("/faults", { schema: { body: faultRuleSchema } }, (request, reply) =>
        reply.code(201).send({ id: traffic.faults.add(request.body) }),
    );

    control.delete("/faults", (_request, reply) => {
        traffic.faults.clear();
        return reply.code(204).send();
    });
}
