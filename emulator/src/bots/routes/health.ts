import type { FastifyInstance } from "fastify";
import type { BotsPlatform } from "../platform";

/** `GET /bots/{bot}/health`: one probe. */
export function registerHealthRoute(api: FastifyInstance, platform: BotsPlatform): void {
    api.get<{ Params: { bot: string } }>(
        "/bots/:bot/health",
        { config: { scope: "bot:manage" } },
        ({ params }, reply) => reply.send(platform.probeHealth(params.bot)),
    );
}
