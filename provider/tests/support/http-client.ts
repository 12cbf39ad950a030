import { Agent, type Dispatcher } from "undici";
import type { Clock } from "../../src/clock.js";
import { botsAccess } from "../../src/cognigy/bots/access.js";
import type { BotsConnection } from "../../src/cognigy/bots/connection.js";
import { HttpClient } from "../../src/cognigy/http/client.js";
import { compact } from "../../src/release/state.js";
import { connectionTo } from "./connection.js";
import { FakeClock } from "./fake-clock.js";
import { type Reply, type Responder, WebServer } from "./web-server.js";

export { CLIENT_SECRET, connectionTo } from "./connection.js";

/** A client, and the server that it talks to. */
export interface Bench {
    web: WebServer;
    http: HttpClient;
    clock: FakeClock;
    connection: BotsConnection;
    /** The tokens that were handed out, in order. */
    tokens: string[];
    /** What people were told. */
    said: string[];
    stop(): Promise<void>;
}

const benches: Bench[] = [];

/** Options of a bench. */
export interface BenchOptions {
    clock?: Clock;
    random?: () => number;
    /** Seconds. */
    tokenLife?: number;
    connection?: Partial<BotsConnection>;
    /** Milliseconds. */
    silence?: number;
    retries?: number;
    /** Answers a request for a token in place of the bench. */
    respondToken?: Responder;
}

/** Starts a server that hands out tokens and answers every other call as told, with a client for it. */
export async function startBench(respond: Responder, options: BenchOptions = {}): Promise<Bench> {
    const tokens: string[] = [];
    const said: string[] = [];
    const clock = options.clock ?? new FakeClock();
    const giveToken = (): Reply => {
        tokens.push(`token-${tokens.length + 1}-of-the-bench`);
        return {
            json: {
                access_token: tokens.at(-1),
                expires_in: options.tokenLife ?? 3600,
                token_type: "Bearer",
            },
        };
    };
    const web = await WebServer.start((request) => {
        if (!request.url.endsWith("/oauth/token")) {
            return respond(request);
        }
        return options.respondToken ? options.respondToken(request) : giveToken();
    });
    const connection = connectionTo(web.origin, options.connection);
    const dispatcher: Dispatcher = new Agent({ connections: 32 });
    const http = new HttpClient({
        address: connection,
        dispatcher,
        clock,
        random: options.random ?? (() => 0.5),
        access: botsAccess(connection, clock),
        tell: (line) => said.push(line),
        ...compact({ silence: options.silence, retries: options.retries }),
    });
    const bench: Bench = {
        web,
        http,
        clock: clock as FakeClock,
        connection,
        tokens,
        said,
        stop: async () => {
            await dispatcher.destroy();
            await web.stop();
        },
    };
    benches.push(bench);
    return bench;
}

/** For `afterEach`. */
export async function stopBenches(): Promise<void> {
    await Promise.all(benches.splice(0).map((bench) => bench.stop()));
}

/** Answers one after another; the last one again and again. */
export function inTurn(...replies: [Reply, ...Reply[]]): Responder {
    const left = [...replies];
    return () => (left.length > 1 ? left.shift() : left[0]) as Reply;
}

/** Answers the whole body but for its end, and hangs up. */
export const truncated: Reply = (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write('{"healthy": tr', () => response.destroy());
};

/** Hangs up without an answer. */
export const reset: Reply = (response) => {
    response.destroy();
};

/** Waits until something has come true, a turn at a time. */
export async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 3_000;
    while (!condition()) {
        if (Date.now() > deadline) {
            throw new Error("it did not come true within 3 s");
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
}
