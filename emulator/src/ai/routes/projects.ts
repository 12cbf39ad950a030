import type { FastifyInstance } from "fastify";
import { graphOf } from "../graph";
import type { AiPlatform } from "../platform";
import { projectView } from "../views";
import { sendPage } from "./list";
import type { Reach } from "./reach";

type Id = { Params: { id: string } };

/** Projects, and the graph of what they hold. */
export function registerProjectRoutes(api: FastifyInstance, platform: AiPlatform, reach: Reach): void {
    const config = { hal: { one: "project", many: "projects" } };

    api.get("/projects", { config }, (request, reply) =>
        sendPage(request, reply, platform, reach.projects(request).map(projectView), {
            own: ["ignoreOwnership"],
        }),
    );

    api.get<Id>("/projects/:id", { config }, (request, reply) =>
        reply.send(projectView(reach.project(request, request.params.id))),
    );

    api.get<Id>("/projects/:id/graph", (request, reply) => {
        const project = reach.project(request, request.params.id);
        const { dependencies, snapshots, packages } = request.query as Readonly<Record<string, string>>;
        const graph = graphOf(
            {
                project,
                dependencies: dependencies === "true",
                ...(snapshots === "true" ? { snapshots: platform.snapshots.of(project._id) } : {}),
                ...(packages === "true" ? { packages: platform.packages.of(project._id) } : {}),
            },
            platform.variants.now,
        );
        return reply.send(graph);
    });
}
