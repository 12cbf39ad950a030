import type { FastifyInstance } from "fastify";
import type { AiPlatform } from "../platform";
import { callerOf } from "./caller";
import type { Reach } from "./reach";

/** `GET /users/me`: who the key belongs to, and whether it works at all. */
export function registerUserRoutes(api: FastifyInstance, _platform: AiPlatform, reach: Reach): void {
    api.get("/users/me", (request, reply) => {
        const { _id, email, name, roles } = callerOf(request);
        const projects = reach.projects(request).map((project) => project._id);
        return reply.send({ _id, id: email, name, roles, projects, disabled: false });
    });
}
