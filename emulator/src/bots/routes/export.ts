import type { FastifyInstance } from "fastify";
import { Refusal } from "../../refusal";
import type { BotsPlatform } from "../platform";
import { queryOf, required } from "./query";

/** `GET /bots/{bot}/export`: the artifact of a version, as bytes. */
export function registerExportRoute(api: FastifyInstance, platform: BotsPlatform): void {
    api.get<{ Params: { bot: string } }>(
        "/bots/:bot/export",
        { config: { scope: "export:read" } },
        (request, reply) => {
            const query = queryOf(request, ["format", "versionTag"]);
            const format = required(query, "format");
            if (format !== "json") {
                throw Refusal.invalid(`format must be json, not "${format}".`);
            }
            const bytes = platform.export(request.params.bot, required(query, "versionTag"));
            return reply.type("application/json").send(bytes);
        },
    );
}
