import { createServer, type Server } from "node:net";
import type { Readable } from "node:stream";
import { Agent } from "undici";
import { z } from "zod";
import { PlatformError } from "../../../src/cognigy/errors.js";
import { OPEN_TO_ALL } from "../../../src/cognigy/http/access.js";
import { type Call, HttpClient } from "../../../src/cognigy/http/client.js";
import { FakeClock } from "../../support/fake-clock.js";
import { type Bench, connectionTo, inTurn, startBench, stopBenches } from "../../support/http-client.js";
import type { Reply } from "../../support/web-server.js";

afterEach(stopBenches);

const FLOW: Call = { method: "GET", path: "/api/v2/bots/b/flows/f", needs: "bot:manage" };
const NAME = "GET /api/v2/bots/b/flows/f";
const anything = z.looseObject({});
const calls = ({ web }: Bench) => web.seen.filter(({ url }) => !url.endsWith("/oauth/token"));

async function errorOf(work: Promise<unknown>): Promise<PlatformError> {
    const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PlatformError);
    return error as PlatformError;
}

const bytes =
    (...parts: (string | number[])[]): Reply =>
    (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
    };

/** Sends without end, as fast as it is taken. */
const endless =
    (status: number, chunk: Buffer): Reply =>
    (response) => {
        response.writeHead(status);
        const more = () => {
            if (!response.destroyed) {
                response.write(chunk, more);
            }
        };
        more();
    };

/** Sends a byte now and then, without end. */
const drip =
    (status: number): Reply =>
    (response) => {
        response.writeHead(status);
        const timer = setInterval(() => response.write(" "), 5);
        response.on("close", () => clearInterval(timer));
    };

const hang: Reply = () => {};

/** Lets what would take half a minute take a tenth of a second; or half a second, where the answer must come within it. */
function hurry(times = 300): void {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    jest.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout(ms / times));
}
afterEach(() => jest.restoreAllMocks());

describe("an answer that is nested", () => {
    const nested = (levels: number, open = '{"a":', close = "}") =>
        `${open.repeat(levels)}1${close.repeat(levels)}`;

    it.each([
        ["objects", nested(200)],
        ["lists", `{"a":${nested(199, "[", "]")}}`],
        ["both", `{"a":${nested(99, '[{"b":', "}]")}}`],
    ])("two hundred levels deep is taken: %s", async (_what, text) => {
        const bench = await startBench(() => ({ text }));
        expect(JSON.stringify(await bench.http.json(FLOW, anything))).toBe(text);
    });

    it.each([
        ["objects, a level more", nested(201)],
        ["objects, a hundred thousand levels", nested(100_000)],
        ["lists, a hundred thousand levels", `{"a":${nested(100_000, "[", "]")}}`],
        ["lists that do not even end", `{"a":${"[".repeat(300_000)}`],
    ])("deeper breaks the contract: %s", async (_what, text) => {
        const bench = await startBench(() => ({ text }));
        const error = await errorOf(bench.http.json(FLOW, anything));
        expect(error.kind).toBe("malformed");
        expect(error.message).toBe(
            `${NAME} was answered with something that does not fit the contract: it is nested more than 200 levels deep.`,
        );
        expect(calls(bench)).toHaveLength(1);
    });

    it("little, and holds more than two million values, breaks the contract", async () => {
        const list = (values: number) => `{"a":[${"0,".repeat(values - 1)}0]}`;
        const call = { ...FLOW, largest: 8 * 1024 * 1024 };
        const bench = await startBench(inTurn({ text: list(1_999_998) }, { text: list(1_999_999) }));
        expect((await bench.http.json(call, anything)).a).toHaveLength(1_999_998);
        expect((await errorOf(bench.http.json(call, anything))).message).toBe(
            `${NAME} was answered with something that does not fit the contract: it holds more than two million values.`,
        );
    });

    it("only in its texts is not nested", async () => {
        const text = JSON.stringify({ a: `"\\${"[{".repeat(5_000)}\\\\"`, ['[{"'.repeat(300)]: 1 });
        const bench = await startBench(() => ({ text }));
        expect(JSON.stringify(await bench.http.json(FLOW, anything))).toBe(text);
    });
});

describe("an answer that is no Unicode", () => {
    it.each<[string, Reply]>([
        ["Latin-1", bytes('{"text":"gr', [0xfc], 'n"}')],
        ["half of a character", bytes('{"text":"', [0xf0, 0x9f], '"}')],
        ["UTF-16", bytes([...Buffer.from('{"text":"a"}', "utf16le")], [0xff, 0xfe])],
    ])("is not guessed at: %s", async (_what, reply) => {
        const bench = await startBench(() => reply);
        const error = await errorOf(bench.http.json(FLOW, anything));
        expect(error.kind).toBe("malformed");
        expect(error.message).toContain(`${NAME} was answered with something that is no UTF-8`);
    });

    it("but for a mark at its beginning that says what it is, is taken", async () => {
        const bench = await startBench(() => bytes([0xef, 0xbb, 0xbf], '{"text":"grün"}'));
        expect(await bench.http.json(FLOW, anything)).toEqual({ text: "grün" });
    });
});

describe("an answer that is too large", () => {
    it("is cut off at a megabyte where the call does not say that more may come", async () => {
        const bench = await startBench(() => endless(200, Buffer.alloc(65_536, " ")));
        const error = await errorOf(bench.http.json(FLOW, anything));
        expect(error.kind).toBe("malformed");
        expect(error.message).toBe(
            `${NAME} was answered with more than 1 MB: expected a shorter JSON answer.`,
        );
        expect(calls(bench)).toHaveLength(1);
    });

    it("is cut off where the call says", async () => {
        const text = JSON.stringify({ text: "x".repeat(3 * 1024 * 1024) });
        const bench = await startBench(() => ({ text }));
        const larger = { ...FLOW, largest: 4 * 1024 * 1024 };
        expect(JSON.stringify(await bench.http.json(larger, anything))).toBe(text);
        const smaller = { ...FLOW, largest: 2 * 1024 * 1024 };
        expect((await errorOf(bench.http.json(smaller, anything))).message).toContain("more than 2 MB");
    });

    it("is none of ours where the status says all", async () => {
        const bench = await startBench(() => endless(404, Buffer.alloc(65_536, " ")));
        expect(await bench.http.find(FLOW, anything)).toBeUndefined();
        expect(calls(bench)).toHaveLength(1);
    });
});

describe("an answer that does not come to its end", () => {
    it.each<[string, Reply]>([
        ["hangs", hang],
        ["drips", drip(200)],
    ])("is given up and asked for again, and told in plain words: it %s", async (_what, reply) => {
        hurry();
        const bench = await startBench(() => reply);
        const error = await errorOf(bench.http.json(FLOW, anything));
        expect(error.kind).toBe("unavailable");
        expect(error.message).toBe(
            `${NAME} got no whole answer from ${bench.web.origin} (cognigy:baseUrl): it took too long.`,
        );
        expect(calls(bench)).toHaveLength(7);
    });

    it("does not hide the status: a refusal that drips is a refusal", async () => {
        hurry(60);
        const bench = await startBench(() => drip(400));
        expect((await errorOf(bench.http.json(FLOW, anything))).kind).toBe("rejected");
        expect(calls(bench)).toHaveLength(1);
    });

    it("does not hide the status: what is not there is not there, however long the page about it", async () => {
        hurry(60);
        const bench = await startBench(() => drip(404));
        expect(await bench.http.find(FLOW, anything)).toBeUndefined();
        expect(calls(bench)).toHaveLength(1);
    });

    it("is not asked for again after a quarter of an hour, whatever tries are left", async () => {
        hurry();
        const clock = new FakeClock();
        const bench = await startBench(
            () => {
                clock.advance(10 * 60_000);
                return reply;
            },
            { clock },
        );
        const reply: Reply = (response) => response.destroy();
        const read = async (body: Readable) => body.toArray();
        expect((await errorOf(bench.http.stream(FLOW, read))).kind).toBe("unavailable");
        expect(calls(bench)).toHaveLength(2);
    });
});

describe("a web page in place of a download", () => {
    it.each(["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])(
        "is not taken for it: %s",
        async (contentType) => {
            const bench = await startBench(() => ({
                headers: { "content-type": contentType },
                text: "<html>Please sign in</html>",
            }));
            const consume = jest.fn(async (body: Readable) => body.toArray());
            const error = await errorOf(bench.http.stream(FLOW, consume));
            expect(error.kind).toBe("malformed");
            expect(error.message).toBe(
                `${NAME} was answered with a web page. Check that cognigy:baseUrl (${bench.web.origin}) is the platform's address.`,
            );
            expect(consume).not.toHaveBeenCalled();
            expect(calls(bench)).toHaveLength(1);
        },
    );
});

describe("a token that no header can hold", () => {
    it.each([
        ["a line end", "zq9\r\nx-admin: 1"],
        ["a control", "zq9\u0000"],
        ["other letters", "zq9é"],
        ["a space", "zq9 k"],
        ["more than a header takes", "zq9".repeat(5_462)],
    ])("breaks the contract, and is not repeated: %s", async (_what, token) => {
        const bench = await startBench(() => ({ json: {} }), {
            respondToken: () => ({ json: { access_token: token, expires_in: 60 } }),
        });
        const error = await errorOf(bench.http.json(FLOW, anything));
        expect(error.kind).toBe("malformed");
        expect(error.message).toContain("POST /oauth/token was answered with something that does not fit");
        expect(error.message).not.toContain(token.slice(0, 3));
        expect(bench.web.seen).toHaveLength(1);
    });
});

describe("something that is not HTTP", () => {
    const servers: Server[] = [];
    afterEach(() => {
        for (const server of servers.splice(0)) {
            server.close();
        }
    });

    async function rawClient(answer: string): Promise<HttpClient> {
        const server = createServer((socket) => {
            socket.on("error", () => {});
            socket.once("data", () => socket.end(answer));
        });
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as { port: number };
        return new HttpClient({
            address: connectionTo(`http://127.0.0.1:${port}`),
            dispatcher: new Agent(),
            clock: new FakeClock(),
            random: () => 0,
            access: () => OPEN_TO_ALL,
            tell: () => {},
        });
    }

    it.each([
        ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
        ["headers without end", `HTTP/1.1 200 OK\r\n${`x: ${"y".repeat(1_000)}\r\n`.repeat(100)}`],
        ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 4\r\n\r\n{}{}"],
        ["chunks that are none", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n"],
        [
            "another protocol on request",
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
        ],
        ["a status that there is not", "HTTP/1.1 999 Huh\r\ncontent-length: 0\r\n\r\n"],
    ])("makes an error for people: %s", async (_what, answer) => {
        const http = await rawClient(answer);
        const error = await errorOf(http.json(FLOW, anything));
        expect(error.kind).toBe("unavailable");
        expect(error.message).toMatch(
            /^GET \/api\/v2\/bots\/b\/flows\/f (got no whole answer from |was answered with 999)/,
        );
    });
});
