import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "../../refusal";
import type { AiPlatform } from "../platform";
import { callerOf } from "./caller";
import { sendPage } from "./list";

/** Roles that may read the events. */
const readers = ["admin", "fullSupportUser"];

/** Who did what. Of the whole organisation; for reading only. */
export function registerAuditRoutes(api: FastifyInstance, platform: AiPlatform): void {
    const config = { hal: { one: "auditEvent", many: "auditEvents" } };

    api.get("/auditevents", { config }, (request, reply) => {
        refuseOthers(request);
        const { projectId } = request.query as { readonly projectId?: string };
        const events = platform.audit
            .list()
            .filter((event) => projectId === undefined || event.projectId === projectId);
        return sendPage(
            request,
            reply,
            platform,
            events.map((event) => platform.audit.view(event)),
        );
    });

    api.get<{ Params: { id: string } }>("/auditevents/:id", { config }, (request, reply) => {
        refuseOthers(request);
        return reply.send(platform.audit.view(platform.audit.find(request.params.id)));
    });
}

function refuseOthers(request: FastifyRequest): void {
    if (!callerOf(request).roles.some((role) => readers.includes(role))) {
        throw new Refusal("forbidden", "forbidden", "Only administrators may read audit events.");
    }
}
