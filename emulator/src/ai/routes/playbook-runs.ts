import type { FastifyInstance } from "fastify";
import type { Item } from "../listing";
import type { AiPlatform } from "../platform";
import type { PlaybookRun } from "../playbooks";
import { sendPage } from "./list";
import type { Reach } from "./reach";

type RunId = { Params: { id: string; run: string } };

/** How playbooks went. A run is not there at once, and has no result at once. */
export function registerPlaybookRunRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    api.get<{ Params: { id: string } }>("/playbooks/:id/runs", (request, reply) => {
        const { resource } = reach.resource(request, "playbook", request.params.id);
        const items = platform.playbooks.runsOf(resource._id).map((run) => itemOf(run, platform));
        return sendPage(request, reply, platform, items);
    });

    api.get<RunId>("/playbooks/:id/runs/:run", (request, reply) => {
        const { resource } = reach.resource(request, "playbook", request.params.id);
        const run = platform.playbooks.find(resource._id, request.params.run);
        const { flowId, localeId, entrypoint, stepResults } = run;
        return reply.send({
            ...itemOf(run, platform),
            flowId,
            localeId,
            entrypoint,
            stepResults: platform.playbooks.isOver(run) ? stepResults : [],
        });
    });

    api.delete<RunId>("/playbooks/:id/runs/:run", (request, reply) => {
        const { resource } = reach.resource(request, "playbook", request.params.id);
        platform.playbooks.forget(platform.playbooks.find(resource._id, request.params.run)._id);
        return reply.code(204).send();
    });
}

function itemOf(run: PlaybookRun, { playbooks }: AiPlatform): Item {
    const { _id, status, createdAt, createdBy } = run;
    return {
        _id,
        createdAt,
        lastChanged: createdAt,
        createdBy,
        lastChangedBy: createdBy,
        ...(playbooks.isOver(run) ? { status } : {}),
    };
}
