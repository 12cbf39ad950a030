import type { FastifyInstance } from "fastify";
import type { Traffic } from "../traffic";

/** Reading and forgetting the requests that the API has seen. */
export function registerRequestControl(control: FastifyInstance, traffic: Traffic): void {
    control.get("/requests", () => traffic.log.list());

    control.delete("/requests", (_request, reply) => {
        traffic.log.clear();
        return reply.code(204).send();
    });
}
