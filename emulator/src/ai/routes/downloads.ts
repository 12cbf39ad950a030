import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AiPlatform } from "../platform";
import { credentialsOf } from "./caller";

/** Where prepared files are. */
const downloadPath = "/new/v2.0/downloads";

/** Getting a prepared file through a link that works once. */
export function registerDownloadRoute(api: FastifyInstance, platform: AiPlatform): void {
    api.get<{ Params: { token: string } }>(`${downloadPath}/:token`, (request, reply) => {
        const bytes = platform.downloads.take(request.params.token, hasKey(request, platform));
        return reply.type("application/octet-stream").send(bytes);
    });
}

/** The whole link: it leads to the host that was called. */
export function linkTo(request: FastifyRequest, token: string): string {
    return `${request.protocol}://${request.host}${downloadPath}/${token}`;
}

function hasKey(request: FastifyRequest, { users }: AiPlatform): boolean {
    try {
        users.authenticate(credentialsOf(request));
        return true;
    } catch {
        return false;
    }
}
