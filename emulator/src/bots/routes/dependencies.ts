import type { FastifyInstance } from "fastify";
import type { Access, ResourceKind } from "../definition";
import type { BotsPlatform } from "../platform";
import { integer, queryOf, required } from "./query";

/** The path segment of each kind of resource. */
const segments: Readonly<Record<ResourceKind, string>> = {
    intent: "intents",
    entity: "entities",
    external_api: "external-apis",
    resource: "resources",
};

const statusOf: Readonly<Record<Access, number>> = { ok: 200, missing: 404, forbidden: 403 };

/** What a flow needs, in pages, and whether each of that is there. */
export function registerDependencyRoutes(api: FastifyInstance, platform: BotsPlatform): void {
    api.get<{ Params: { bot: string } }>(
        "/bots/:bot/dependencies",
        { config: { scope: "bot:manage" } },
        (request, reply) => {
            const query = queryOf(request, ["flowId", "page", "pageSize"]);
            const page = integer(query, "page", 1);
            const pageSize = integer(query, "pageSize", 100, 100);
            const items = platform.catalog.dependencies(request.params.bot, required(query, "flowId"), {
                page,
                pageSize,
            });
            return reply.send({ items, page, pageSize });
        },
    );

    for (const [kind, segment] of Object.entries(segments) as [ResourceKind, string][]) {
        api.head<{ Params: { bot: string; id: string } }>(
            `/bots/:bot/${segment}/:id`,
            { config: { scope: "bot:manage" } },
            ({ params }, reply) =>
                reply.code(statusOf[platform.catalog.access(params.bot, kind, params.id)]).send(),
        );
    }
}
