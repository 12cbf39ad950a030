import type { FastifyInstance } from "fastify";
import type { AiPlatform } from "../platform";
import type { ResourceType } from "../resource";
import { fullView, itemView } from "../views";
import { sendPage } from "./list";
import type { Reach } from "./reach";

/** What each kind of resource is called in paths. */
const segments: Readonly<Record<ResourceType, string>> = {
    locale: "locales",
    flow: "flows",
    connection: "connections",
    largeLanguageModel: "largelanguagemodels",
    function: "functions",
    lexicon: "lexicons",
    knowledgeStore: "knowledgestores",
    playbook: "playbooks",
    endpoint: "endpoints",
};

/** Parameters of lists that change nothing here. */
const own = ["includeFeedbackReport", "preferredLocaleId", "useCase"];

/** Listing and reading every kind of resource. */
export function registerResourceRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    for (const [type, segment] of Object.entries(segments) as [ResourceType, string][]) {
        const config = { hal: { one: type, many: segment } };

        api.get(`/${segment}`, { config }, (request, reply) => {
            const items = reach.queriedProjects(request).flatMap((project) =>
                project
                    .of(type)
                    .filter(({ _id }) => !project.forbidden.has(_id))
                    .map((resource) => itemView(resource, project.all(), platform.variants.now)),
            );
            return sendPage(request, reply, platform, items, { own });
        });

        api.get<{ Params: { id: string } }>(`/${segment}/:id`, { config }, (request, reply) => {
            const { project, resource } = reach.resource(request, type, request.params.id);
            return reply.send(fullView(resource, project.all(), platform.variants.now));
        });
    }
}
