import type { FastifyInstance } from "fastify";
import type { BotsPlatform } from "../platform";

/** The state at a glance, and the end of all tokens. */
export function registerStateControl(control: FastifyInstance, platform: BotsPlatform): void {
    control.get("/state", (_request, reply) => reply.send(platform.state()));

    control.delete("/tokens", (_request, reply) => {
        platform.tokens.expireAll();
        return reply.code(204).send();
    });
}
