import type { FastifyInstance } from "fastify";
import { Refusal } from "../../refusal";
import type { AiPlatform } from "../platform";
import { TaskFailure } from "../tasks";
import type { Finder } from "./find";

const snapshotSchema = {
    type: "object",
    required: ["name"],
    additionalProperties: false,
    properties: { name: { type: "string", minLength: 1 }, description: { type: "string" } },
};

/** Doing what others do past the release: making snapshots, and deleting them whatever leads to them. */
export function registerSnapshotControl(
    control: FastifyInstance,
    platform: AiPlatform,
    finder: Finder,
): void {
    control.post<{ Params: { project: string }; Body: { name: string; description?: string } }>(
        "/projects/:project/snapshots",
        { schema: { body: snapshotSchema } },
        ({ params, body }, reply) => {
            const { name, description = "" } = body;
            const project = finder.project(params.project);
            try {
                const snapshot = platform.snapshots.take(
                    project,
                    { name, description },
                    project.createdBy,
                    platform.now(),
                );
                return reply.code(201).send({ _id: snapshot._id });
            } catch (error) {
                if (error instanceof TaskFailure) {
                    throw new Refusal("conflict", "conflict", error.message);
                }
                throw error;
            }
        },
    );

    control.delete<{ Params: { snapshot: string } }>("/snapshots/:snapshot", ({ params }, reply) => {
        platform.snapshots.forget(finder.snapshot(params.snapshot)._id);
        return reply.code(204).send();
    });
}
