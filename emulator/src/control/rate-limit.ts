import type { FastifyInstance } from "fastify";
import type { RateLimitSettings } from "../rate-limit";
import type { Traffic } from "../traffic";

const rateLimitSchema = {
    type: "object",
    required: ["perSecond", "retryAfter"],
    additionalProperties: false,
    properties: {
        perSecond: { type: "number", exclusiveMinimum: 0 },
        retryAfter: { enum: ["seconds", "date"] },
    },
};

/** Switching the rate limit on and off. */
export function registerRateLimitControl(control: FastifyInstance, traffic: Traffic): void {
    const { rateLimit, clock } = traffic;

    control.put<{ Body: RateLimitSettings }>(
        "/rate-limit",
        { schema: { body: rateLimitSchema } },
        (request, reply) => {
            rateLimit.set(request.body, clock.now());
            return reply.code(204).send();
        },
    );

    control.delete("/rate-limit", (_request, reply) => {
        rateLimit.set(null, clock.now());
        return reply.code(204).send();
    });
}
