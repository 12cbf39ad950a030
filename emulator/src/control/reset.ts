import type { FastifyInstance } from "fastify";
import type { Dialect } from "../dialect";
import type { Traffic } from "../traffic";

/** Going back to the state in which the emulator was started. */
export function registerResetControl(
    control: FastifyInstance,
    traffic: Traffic,
    dialects: readonly Dialect[],
): void {
    control.post("/reset", (_request, reply) => {
        traffic.reset();
        for (const dialect of dialects) {
            dialect.reset();
        }
        return reply.code(204).send();
    });
}
