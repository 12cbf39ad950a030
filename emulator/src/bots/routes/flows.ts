import type { FastifyInstance } from "fastify";
import type { BotsPlatform } from "../platform";

/** `GET /bots/{bot}/flows/{flow}`: the draft as it is now. */
export function registerFlowRoute(api: FastifyInstance, platform: BotsPlatform): void {
    api.get<{ Params: { bot: string; flow: string } }>(
        "/bots/:bot/flows/:flow",
        { config: { scope: "bot:manage" } },
        ({ params }, reply) => reply.send(platform.catalog.flow(params.bot, params.flow).definition),
    );
}
