import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Emulator, type PlatformData, startEmulator, systemClock } from "cognigy-emulator";

/** Where a request is held on its way. */
export interface Hold {
    /** The beginning of method and address, such as `POST /api/v2/deployments$`: a regular expression. */
    request: RegExp;
    /** Only requests that come after one of these count. */
    after?: RegExp;
    /** Which one of them is held, from 1. @default 1 */
    nth?: number;
    /** Before it reaches the platform, when it has taken effect, or in the middle of its answer. */
    at: "before" | "after" | "middle";
}

/** A platform whose wire can be held: a request is on its way for as long as a test needs. */
export class HeldPlatform {
    private rule: { hold: Hold; left: number; open: boolean; reached: () => void } | undefined;
    private away = false;
    private skipped = 0;
    private goOn: () => void = () => {};
    private held = Promise.resolve();
    private readonly server: Server;
    private started: Emulator | undefined;

    private constructor() {
        this.server = createServer((incoming, outgoing) => {
            void this.pass(incoming, outgoing).catch(() => outgoing.destroy());
        });
    }

    static async start(data: PlatformData): Promise<HeldPlatform> {
        const platform = new HeldPlatform();
        const clock = { ...systemClock, now: () => Date.now() + platform.skipped };
        platform.started = await startEmulator({ data, clock });
        await new Promise<void>((resolve) => platform.server.listen(0, "127.0.0.1", resolve));
        return platform;
    }

    get emulator(): Emulator {
        if (!this.started) {
            throw new Error("the platform is not there yet");
        }
        return this.started;
    }

    /** So much later on the platform: what takes its time there has ended. */
    later(milliseconds: number): void {
        this.skipped += milliseconds;
    }

    /** What a client has for a base URL. */
    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** Holds a request that is to come. @returns when it is held. */
    hold(hold: Hold): Promise<void> {
        this.goOn();
        this.held = new Promise((resolve) => {
            this.goOn = resolve;
        });
        return new Promise((reached) => {
            this.rule = { hold, left: hold.nth ?? 1, open: hold.after === undefined, reached };
        });
    }

    /** Lets the request that is held go on, and holds nothing any more. */
    letGo(): void {
        this.rule = undefined;
        this.goOn();
    }

    /** Hangs up on everybody, until it is there again. */
    goAway(): void {
        this.away = true;
        this.goOn();
    }

    comeBack(): void {
        this.away = false;
    }

    async stop(): Promise<void> {
        this.goOn();
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
        await this.emulator.close();
    }

    private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const body = await bytesOf(incoming);
        const at = this.matches(`${incoming.method} ${incoming.url}`);
        if (at === "before") {
            await this.wait(incoming.socket);
        }
        if (this.away || incoming.socket.destroyed) {
            outgoing.destroy();
            return;
        }
        const answer = await this.ask(incoming, body);
        const bytes = await bytesOf(answer);
        if (at === "after") {
            await this.wait(incoming.socket);
        }
        if (this.away) {
            outgoing.destroy();
            return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        if (at === "middle") {
            outgoing.write(bytes.subarray(0, bytes.length / 2));
            await this.wait(incoming.socket);
            outgoing.end(bytes.subarray(bytes.length / 2));
            return;
        }
        outgoing.end(bytes);
    }

    private matches(call: string): Hold["at"] | undefined {
        const { rule } = this;
        if (rule?.hold.after?.test(call)) {
            rule.open = true;
            return undefined;
        }
        if (!rule?.open || !rule.hold.request.test(call)) {
            return undefined;
        }
        rule.left -= 1;
        if (rule.left !== 0) {
            return undefined;
        }
        rule.reached();
        return rule.hold.at;
    }

    /** Until it may go on, or nobody waits for it any more. */
    private async wait(socket: Socket): Promise<void> {
        await Promise.race([this.held, new Promise((resolve) => socket.once("close", resolve))]);
    }

    private ask(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
        return new Promise((resolve, reject) => {
            const options = { method: incoming.method, headers: incoming.headers };
            request(`${this.emulator.url}${incoming.url}`, options, resolve).on("error", reject).end(body);
        });
    }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
}
