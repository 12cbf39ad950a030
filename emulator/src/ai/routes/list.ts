import type { FastifyReply, FastifyRequest } from "fastify";
import { type Item, type ListOptions, pageOf, type Query } from "../listing";
import type { AiPlatform } from "../platform";

/** Query parameters that every list knows beside those of paging. */
const everywhere = ["projectId", "api_key"];

/** Answers with a page of the items, which come oldest first. */
export function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    platform: AiPlatform,
    items: readonly Item[],
    { own = [], hasFieldFilters = true }: Omit<ListOptions, "defaultLimit"> = {},
): FastifyReply {
    return reply.send(
        pageOf(items, request.query as Query, {
            defaultLimit: platform.variants.now.defaultLimit,
            own: [...everywhere, ...own],
            hasFieldFilters,
        }),
    );
}
