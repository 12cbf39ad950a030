import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came in. */
export interface Seen {
    method: string;
    /** Path and query, as they were sent. */
    url: string;
    headers: IncomingMessage["headers"];
    body: string;
}

/** What to answer: a status and a body, or something done to the raw response. */
export type Reply =
    | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
    | ((response: ServerResponse) => void);

/** Decides what to answer. */
export type Responder = (request: Seen) => Reply | Promise<Reply>;

/** A server on this machine that answers as it is told, and remembers what it was asked. */
export class WebServer {
    readonly seen: Seen[] = [];
    private readonly server: Server;

    private constructor(public respond: Responder) {
        this.server = createServer(async (request, response) => {
            const chunks: Buffer[] = [];
            for await (const chunk of request) {
                chunks.push(chunk as Buffer);
            }
            const seen: Seen = {
                method: request.method ?? "",
                url: request.url ?? "",
                headers: request.headers,
                body: Buffer.concat(chunks).toString("utf8"),
            };
            this.seen.push(seen);
            const reply = await this.respond(seen);
            if (typeof reply === "function") {
                reply(response);
                return;
            }
            const { status = 200, headers = {}, json, text = "" } = reply;
            response.writeHead(status, headers);
            response.end(json === undefined ? text : JSON.stringify(json));
        });
    }

    static async start(respond: Responder): Promise<WebServer> {
        const web = new WebServer(respond);
        await new Promise<void>((resolve) => web.server.listen(0, "127.0.0.1", resolve));
        return web;
    }

    get origin(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** The requests to one path. */
    to(path: string): Seen[] {
        return this.seen.filter(({ url }) => url.split("?")[0] === path);
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }
}
