import type { FastifyInstance } from "fastify";
import type { BotsPlatform } from "../platform";
import type { SimulationSettings } from "../simulations";

const settingsSchema = {
    type: "object",
    additionalProperties: false,
    properties: {
        durationMs: { type: "number", minimum: 0 },
        fail: { type: "array", items: { type: "string", minLength: 1 } },
    },
};

/** Saying how the next simulations go. */
export function registerSimulationControl(control: FastifyInstance, platform: BotsPlatform): void {
    control.patch<{ Body: SimulationSettings }>(
        "/simulation",
        { schema: { body: settingsSchema } },
        ({ body }, reply) => {
            platform.simulations.configure(body);
            return reply.code(204).send();
        },
    );
}
