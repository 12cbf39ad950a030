import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

/** A part of the server that is built when the first of its requests comes. */
export class Annex {
    private building: Promise<FastifyInstance> | null = null;

    /**
     * @param paths what the paths of its requests begin with
     * @param build gives the server, not listening
     */
    constructor(
        private readonly paths: readonly string[],
        private readonly build: () => FastifyInstance,
    ) {}

    /** Whether the request is one of its own. */
    owns({ url = "/" }: IncomingMessage): boolean {
        return this.paths.some((path) => url.startsWith(path));
    }

    handle(request: IncomingMessage, response: ServerResponse): void {
        this.building ??= this.ready();
        this.building.then(
            (server) => server.routing(request, response),
            (error: Error) => response.destroy(error),
        );
    }

    async close(): Promise<void> {
        const server = await this.building?.catch(() => null);
        await server?.close();
    }

    private async ready(): Promise<FastifyInstance> {
        const server = this.build();
        await server.ready();
        return server;
    }
}
