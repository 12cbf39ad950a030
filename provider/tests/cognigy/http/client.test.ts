import type { Readable } from "node:stream";
import { MockAgent } from "undici";
import { z } from "zod";
import { PlatformError } from "../../../src/cognigy/errors.js";
import { OPEN_TO_ALL } from "../../../src/cognigy/http/access.js";
import { type Call, HttpClient } from "../../../src/cognigy/http/client.js";
import { ReleaseError } from "../../../src/release/failure.js";
import { FakeClock, HandClock } from "../../support/fake-clock.js";
import {
    type Bench,
    CLIENT_SECRET,
    connectionTo,
    inTurn,
    reset,
    startBench,
    stopBenches,
    truncated,
    until,
} from "../../support/http-client.js";
import { type Reply, WebServer } from "../../support/web-server.js";

afterEach(stopBenches);

const HEALTH: Call = { method: "GET", path: "/api/v2/bots/bot_12345/health", needs: "bot:manage" };
const DEPLOY: Call = {
    method: "POST",
    path: "/api/v2/deployments",
    json: { snapshot: {} },
    needs: "deployment:execute",
    once: true,
};
const SIMULATE: Call = { method: "POST", path: "/api/v2/simulations", json: {}, needs: "simulation:run" };
const healthy = z.object({ healthy: z.boolean() });
const GOOD: Reply = { json: { healthy: true } };
const refusal = (status: number, message?: string, headers: Record<string, string> = {}): Reply => ({
    status,
    headers,
    json: message === undefined ? {} : { message },
});

const health = ({ http }: Bench) => http.json(HEALTH, healthy);
const calls = ({ web }: Bench) => web.seen.filter(({ url }) => !url.endsWith("/oauth/token"));

async function errorOf(work: Promise<unknown>): Promise<PlatformError> {
    const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PlatformError);
    return error as PlatformError;
}

describe("a call", () => {
    it("carries a token, and the token is asked for with the client's credentials", async () => {
        const bench = await startBench(() => GOOD);
        expect(await health(bench)).toEqual({ healthy: true });
        const [asked] = bench.web.to("/oauth/token");
        expect(asked?.method).toBe("POST");
        expect(asked?.headers).toMatchObject({
            accept: "application/json",
            "content-type": "application/x-www-form-urlencoded",
        });
        expect(asked?.headers).not.toHaveProperty("authorization");
        expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
            grant_type: "client_credentials",
            client_id: "the-client",
            client_secret: CLIENT_SECRET,
            audience: "the-audience",
        });
        expect(calls(bench)[0]).toMatchObject({
            method: "GET",
            url: "/api/v2/bots/bot_12345/health",
            body: "",
            headers: { accept: "application/json", authorization: "Bearer token-1-of-the-bench" },
        });
        expect(calls(bench)[0]?.headers).not.toHaveProperty("content-type");
    });

    it("sends JSON as JSON, and a query percent-encoded", async () => {
        const bench = await startBench(() => GOOD);
        await bench.http.json({ ...SIMULATE, query: { q: "a b&c=d+e" }, json: { text: "grüß" } }, healthy);
        expect(calls(bench)[0]).toMatchObject({
            method: "POST",
            url: "/api/v2/simulations?q=a+b%26c%3Dd%2Be",
            body: '{"text":"grüß"}',
            headers: { "content-type": "application/json" },
        });
    });

    it("goes below the base URL's path, as does the request for a token", async () => {
        const bench = await startBench(() => GOOD, { connection: { prefix: "/tenant/1" } });
        await health(bench);
        expect(bench.web.seen.map(({ url }) => url)).toEqual([
            "/tenant/1/oauth/token",
            "/tenant/1/api/v2/bots/bot_12345/health",
        ]);
    });
});

describe("the token", () => {
    const refused = ({ web }: Bench) =>
        `${web.origin} (cognigy:baseUrl) refuses the credentials for the audience "the-audience" (cognigy:audience). ` +
        "Check cognigy:clientId and COGNIGY_CLIENT_SECRET, and that address and audience are their tenant's.";

    it("is fetched once for all calls that start together", async () => {
        const bench = await startBench(() => GOOD);
        await Promise.all(Array.from({ length: 20 }, () => health(bench)));
        expect(bench.web.to("/oauth/token")).toHaveLength(1);
        expect(calls(bench)).toHaveLength(20);
    });

    it("is fetched anew thirty seconds before it expires", async () => {
        const bench = await startBench(() => GOOD, { tokenLife: 300 });
        await health(bench);
        bench.clock.advance(269_999);
        await health(bench);
        expect(bench.tokens).toHaveLength(1);
        bench.clock.advance(1);
        await health(bench);
        expect(bench.tokens).toHaveLength(2);
        expect(calls(bench).at(-1)?.headers.authorization).toBe("Bearer token-2-of-the-bench");
    });

    it("is renewed once when a call is refused, and the call is tried once more", async () => {
        const bench = await startBench(inTurn(refusal(401), GOOD));
        expect(await health(bench)).toEqual({ healthy: true });
        expect(calls(bench).map(({ headers }) => headers.authorization)).toEqual([
            "Bearer token-1-of-the-bench",
            "Bearer token-2-of-the-bench",
        ]);
        expect(bench.clock.slept).toEqual([]);
    });

    it("is renewed once for all calls that are refused together", async () => {
        const bench = await startBench(({ headers }) =>
            headers.authorization === "Bearer token-1-of-the-bench" ? refusal(401) : GOOD,
        );
        await Promise.all(Array.from({ length: 10 }, () => health(bench)));
        expect(bench.tokens).toHaveLength(2);
    });

    it("is renewed for a call that must be sent once, too: a refused one was not done", async () => {
        const bench = await startBench(inTurn(refusal(401), GOOD));
        expect(await bench.http.json(DEPLOY, healthy)).toEqual({ healthy: true });
        expect(calls(bench)).toHaveLength(2);
    });

    it("is renewed once for a call, however often that call is tried", async () => {
        const bench = await startBench(inTurn(refusal(401), refusal(500), refusal(401), GOOD));
        expect((await errorOf(health(bench))).kind).toBe("unauthorized");
        expect(bench.tokens).toHaveLength(2);
    });

    it("that is refused again makes a message that names the settings, and never their values", async () => {
        const bench = await startBench(() => refusal(401, "token expired"));
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("unauthorized");
        expect(error.message).toBe(
            `GET /api/v2/bots/bot_12345/health was answered with 401 (token expired): ${refused(bench)}`,
        );
        expect(calls(bench)).toHaveLength(2);
        expect(bench.tokens).toHaveLength(2);
    });

    it("that is not given makes the same message, after one request", async () => {
        const bench = await startBench(() => GOOD, {
            respondToken: () => ({
                status: 401,
                json: { error: "access_denied", error_description: `Unauthorized: ${CLIENT_SECRET}` },
            }),
        });
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("unauthorized");
        expect(error.message).toBe(
            `POST /oauth/token was answered with 401 (Unauthorized: [secret]): ${refused(bench)}`,
        );
        expect(bench.web.seen).toHaveLength(1);
    });

    it("that is not given is told with the audience; not with a secret that was set for one", async () => {
        const bench = await startBench(() => GOOD, {
            respondToken: () => refusal(401),
            connection: { audience: `of ${CLIENT_SECRET}` },
        });
        expect((await errorOf(health(bench))).message).toContain(
            'the audience "of [secret]" (cognigy:audience).',
        );
    });

    it("that nobody gives there is told with the address", async () => {
        const bench = await startBench(() => GOOD, {
            respondToken: () => refusal(404),
            connection: { prefix: "/portal" },
        });
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("not_found");
        expect(error.message).toBe(
            `POST /oauth/token was answered with 404: nothing gives tokens at ${bench.web.origin}/portal (cognigy:baseUrl). ` +
                "Check that it is the platform's address.",
        );
    });

    it("is asked for again after a 5xx", async () => {
        const token = { json: { access_token: "t", expires_in: 60 } };
        const bench = await startBench(() => GOOD, { respondToken: inTurn(refusal(503), reset, token) });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(bench.web.to("/oauth/token")).toHaveLength(3);
    });

    it("is asked for seven times where that never helps: the call that needs it does not start all over", async () => {
        const bench = await startBench(() => GOOD, { respondToken: () => refusal(503) });
        const error = await errorOf(health(bench));
        expect(error.message).toBe(
            "POST /oauth/token was answered with 503: the platform is in trouble. Try again later.",
        );
        expect(bench.web.seen).toHaveLength(7);
    });

    it.each<[string, Reply, string]>([
        ["is no text", { json: { access_token: 5, expires_in: 60 } }, "access_token: "],
        ["is empty", { json: { access_token: "", expires_in: 60 } }, "access_token: "],
        ["does not say how long it lives", { json: { access_token: "t" } }, "expires_in: "],
        ["never lived", { json: { access_token: "t", expires_in: 0 } }, "expires_in: "],
    ])("that %s breaks the contract", async (_what, reply, field) => {
        const bench = await startBench(() => GOOD, { respondToken: () => reply });
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("malformed");
        expect(error.message).toContain(
            `POST /oauth/token was answered with something that does not fit the contract: ${field}`,
        );
    });
});

describe("too many requests", () => {
    it("wait as many seconds as the platform says", async () => {
        const bench = await startBench(inTurn(refusal(429, "slow down", { "retry-after": "7" }), GOOD), {
            random: () => 0,
        });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(bench.clock.slept).toEqual([7_000]);
    });

    it("wait until the date that the platform says", async () => {
        const clock = new FakeClock();
        const date = new Date(clock.now() + 30_000).toUTCString();
        const bench = await startBench(inTurn(refusal(429, "slow down", { "retry-after": date }), GOOD), {
            clock,
            random: () => 0,
        });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(clock.slept).toEqual([30_000]);
    });

    it("wait a little where the platform does not say how long", async () => {
        const bench = await startBench(inTurn(refusal(429), GOOD), { random: () => 0 });
        await health(bench);
        expect(bench.clock.slept).toEqual([500]);
    });

    it.each([
        ["no time at all", "0"],
        ["a date that is over, as by a clock that is wrong", "Fri, 02 Jan 2026 03:00:00 GMT"],
    ])("wait a little where the platform says %s", async (_what, header) => {
        const bench = await startBench(inTurn(refusal(429, "", { "retry-after": header }), GOOD), {
            random: () => 0,
        });
        await health(bench);
        expect(bench.clock.slept).toEqual([500]);
    });

    it("hold every other call of the client, too, until the time is over", async () => {
        const clock = new HandClock();
        const limited = refusal(429, "slow down", { "retry-after": "60" });
        const bench = await startBench(inTurn(limited, GOOD), { clock, random: () => 0 });
        const first = health(bench);
        await until(() => clock.asleep === 1);
        const others = Promise.all([health(bench), bench.http.json(DEPLOY, healthy)]);
        await until(() => clock.asleep === 3);
        await clock.advance(59_999);
        expect(clock.asleep).toBe(3);
        expect(calls(bench)).toHaveLength(1);
        await clock.advance(1);
        expect(await first).toEqual({ healthy: true });
        await others;
        expect(calls(bench)).toHaveLength(4);
    });

    it("hold the request for a token, too", async () => {
        const token = { json: { access_token: "t", expires_in: 60 } };
        const bench = await startBench(() => GOOD, {
            respondToken: inTurn(refusal(429, "", { "retry-after": "9" }), token),
            random: () => 0,
        });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(bench.clock.slept).toEqual([9_000]);
    });

    it("are never a reason to give up a call, however often they are answered so", async () => {
        let answered = 0;
        const bench = await startBench(() => {
            answered += 1;
            return answered <= 100 ? refusal(429, "", { "retry-after": "1" }) : GOOD;
        });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(calls(bench)).toHaveLength(101);
    });

    it("are waited out by a call that must be sent once, too: it was not done", async () => {
        const bench = await startBench(inTurn(refusal(429, "", { "retry-after": "1" }), GOOD));
        expect(await bench.http.json(DEPLOY, healthy)).toEqual({ healthy: true });
        expect(calls(bench)).toHaveLength(2);
    });

    it("do not use up the tries that are for a platform in trouble", async () => {
        let answered = 0;
        const bench = await startBench(() => {
            answered += 1;
            return answered <= 13 ? (answered % 2 ? refusal(429) : refusal(500)) : GOOD;
        });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(calls(bench)).toHaveLength(14);
    });

    it("are given up after a quarter of an hour of nothing else", async () => {
        const bench = await startBench(() => refusal(429, "slow down", { "retry-after": "60" }), {
            random: () => 0,
        });
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("rate_limited");
        expect(error.outcomeUnknown).toBe(false);
        expect(error.message).toBe(
            "GET /api/v2/bots/bot_12345/health was answered with 429 (slow down): too many requests for too long. Try again later.",
        );
        // At 0, 60, … 900 s.
        expect(calls(bench)).toHaveLength(16);
    });

    it("may be told with a 503: everybody waits as long as it says", async () => {
        const bench = await startBench(inTurn(refusal(503, "", { "retry-after": "20" }), GOOD), {
            random: () => 0,
        });
        expect(await health(bench)).toEqual({ healthy: true });
        expect(bench.clock.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(20_000);
    });
});

describe("a platform in trouble", () => {
    it.each<[string, Reply]>([
        ["answers 500", refusal(500)],
        ["answers 502", { status: 502, text: "<html>Bad gateway</html>" }],
        ["answers 503", refusal(503)],
        ["answers 504", refusal(504)],
        ["answers 408", refusal(408)],
        ["hangs up", reset],
        ["breaks off in the middle", truncated],
    ])("that %s is asked again", async (_what, reply) => {
        const bench = await startBench(inTurn(reply, reply, GOOD));
        expect(await health(bench)).toEqual({ healthy: true });
        expect(calls(bench)).toHaveLength(3);
    });

    it("is asked again after waits that grow, with some chance in them", async () => {
        const bench = await startBench(() => refusal(500), { random: () => 0.5 });
        await errorOf(health(bench));
        expect(bench.clock.slept).toEqual([187.5, 375, 750, 1_500, 3_000, 6_000]);
        expect(calls(bench)).toHaveLength(7);
    });

    it("is asked again as often as the client is told to", async () => {
        const bench = await startBench(() => refusal(500), { retries: 2 });
        await errorOf(health(bench));
        expect(calls(bench)).toHaveLength(3);
    });

    it("is told of in plain words when it never gets better", async () => {
        const bench = await startBench(() => refusal(500, "out of memory"));
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("unavailable");
        expect(error.outcomeUnknown).toBe(true);
        expect(error.call).toBe("GET /api/v2/bots/bot_12345/health");
        expect(error.message).toBe(
            "GET /api/v2/bots/bot_12345/health was answered with 500 (out of memory): the platform is in trouble. Try again later.",
        );
    });

    it("is told of in plain words when it hangs up", async () => {
        const bench = await startBench(() => reset);
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("unavailable");
        expect(error.message).toMatch(
            /^GET \/api\/v2\/bots\/bot_12345\/health got no whole answer from http:\/\/127\.0\.0\.1:\d+ \(cognigy:baseUrl\): (UND_ERR_SOCKET|ECONNRESET), [^\n]+\.$/,
        );
    });

    it("is told of in plain words when nobody is there", async () => {
        const bench = await startBench(() => GOOD);
        await bench.web.stop();
        const error = await errorOf(health(bench));
        expect(error.message).toMatch(
            /^POST \/oauth\/token got no whole answer from http:\/\/127\.0\.0\.1:\d+ \(cognigy:baseUrl\): ECONNREFUSED, [^\n]+\.$/,
        );
    });

    it("is told of in plain words when it takes too long", async () => {
        const agent = new MockAgent();
        agent.disableNetConnect();
        const pool = agent.get("https://api.example.com");
        pool.intercept({ method: "POST", path: "/oauth/token" }).reply(200, {
            access_token: "t",
            expires_in: 60,
        });
        pool.intercept({ method: "GET", path: HEALTH.path })
            .replyWithError(
                new DOMException("The operation was aborted due to timeout", "TimeoutError") as Error,
            )
            .times(7);
        const http = new HttpClient({
            address: connectionTo("https://api.example.com"),
            dispatcher: agent,
            clock: new FakeClock(),
            random: () => 0,
            access: () => OPEN_TO_ALL,
            tell: () => {},
        });
        const error = await errorOf(http.json(HEALTH, healthy));
        expect(error.kind).toBe("unavailable");
        expect(error.message).toBe(
            "GET /api/v2/bots/bot_12345/health got no whole answer from https://api.example.com (cognigy:baseUrl): it took too long.",
        );
        await agent.close();
    });

    it.each<[string, Reply]>([
        ["answers 500", refusal(500)],
        ["answers 503", refusal(503)],
        ["hangs up", reset],
        ["breaks off in the middle", truncated],
        ["answers what nobody can read", { text: "<html>" }],
    ])("that %s is not sent again what must be sent once", async (_what, reply) => {
        const bench = await startBench(inTurn(reply, GOOD));
        const error = await errorOf(bench.http.json(DEPLOY, healthy));
        expect(error.outcomeUnknown).toBe(true);
        expect(calls(bench)).toHaveLength(1);
        expect(bench.clock.slept).toEqual([]);
    });

    it("is sent again what does no harm when it comes twice", async () => {
        const bench = await startBench(inTurn(reset, GOOD));
        expect(await bench.http.json(SIMULATE, healthy)).toEqual({ healthy: true });
        expect(calls(bench)).toHaveLength(2);
    });
});

describe("an outage of the platform", () => {
    const line = ({ connection }: Bench, what: string) =>
        new RegExp(
            `^${connection.origin} \\(cognigy:baseUrl\\) ${what}; it is asked again until \\d\\d:\\d\\d:\\d\\d UTC, for up to (\\d+) s$`,
        );

    it("is told once after a few seconds, and how long the call is tried again", async () => {
        const bench = await startBench(() => refusal(503), { random: () => 0.5 });
        await errorOf(health(bench));
        expect(bench.said).toEqual([expect.stringMatching(line(bench, "answers 503"))]);
        // After 5.8 s; the last wait is one of at most 8 s.
        expect(bench.said[0]).toContain("until 03:04:18 UTC, for up to 8 s");
    });

    it("is told with what the network says", async () => {
        const bench = await startBench(() => GOOD);
        await health(bench);
        await bench.web.stop();
        await errorOf(health(bench));
        const what = "does not answer \\(ECONNREFUSED, connect ECONNREFUSED 127\\.0\\.0\\.1:\\d+\\)";
        expect(bench.said).toEqual([expect.stringMatching(line(bench, what))]);
    });

    it("is told once for all calls that meet it, and again when it comes again", async () => {
        let up = false;
        const bench = await startBench(() => (up ? GOOD : refusal(502)));
        await Promise.all([health(bench), health(bench), health(bench)].map(errorOf));
        await errorOf(health(bench));
        expect(bench.said).toHaveLength(1);
        up = true;
        await health(bench);
        up = false;
        await errorOf(health(bench));
        expect(bench.said).toHaveLength(2);
    });

    it("that is over soon is not told", async () => {
        const bench = await startBench(inTurn(reset, refusal(500), reset, GOOD));
        await health(bench);
        expect(bench.said).toEqual([]);
    });

    it.each<[string, Reply]>([
        ["a refusal", refusal(404)],
        ["an answer that breaks the contract", { text: "<html>" }],
    ])("is ended by any answer, such as %s", async (_what, reply) => {
        const bench = await startBench(inTurn(refusal(500), reset, reset, reply, reset, reset, reset, GOOD));
        await health(bench).catch(() => {});
        await health(bench);
        expect(bench.said).toEqual([]);
    });

    it("is told while the first call still waits for its answer, with what all tries take at most", async () => {
        const late: Reply = (response) => {
            setTimeout(() => response.end('{"healthy":true}'), 200);
        };
        const bench = await startBench(() => late, { silence: 20 });
        bench.clock.advance(1_000);
        const asking = health(bench);
        await until(() => calls(bench).length === 1);
        bench.clock.advance(20);
        expect(await asking).toEqual({ healthy: true });
        expect(bench.said).toEqual([
            expect.stringMatching(/ does not answer; it is asked again until .*, for up to 4 min$/),
        ]);
    });

    it("is none where the answer was there in time", async () => {
        const bench = await startBench(() => GOOD, { silence: 20 });
        await health(bench);
        bench.clock.advance(1_000);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(bench.said).toEqual([]);
    });

    it("is told with the time until which a caller goes on that outlasts its calls", async () => {
        const bench = await startBench(() => refusal(500));
        const goesOn = bench.clock.monotonic() + 600_000;
        await errorOf(bench.http.askingUntil(goesOn, () => health(bench)));
        expect(bench.said).toEqual([expect.stringMatching(/until 03:14:05 UTC, for up to 10 min$/)]);
    });

    it("is not told by a call that is sent once", async () => {
        const bench = await startBench(() => (response) => {
            bench.clock.advance(10_000);
            response.destroy();
        });
        await errorOf(bench.http.json(DEPLOY, healthy));
        expect(bench.said).toEqual([]);
    });

    it("is told without secrets", async () => {
        const bench = await startBench(() => GOOD, {
            connection: { origin: `http://${CLIENT_SECRET.slice(0, 3)}.invalid` },
        });
        await errorOf(health(bench));
        expect(bench.said.join()).not.toContain(CLIENT_SECRET);
        expect(bench.said).toHaveLength(1);
    });
});

describe("a refusal", () => {
    it.each<[number, string, string]>([
        [400, "rejected", "the platform does not accept the request."],
        [
            403,
            "forbidden",
            "the client of cognigy:clientId needs the scope bot:manage. Grant it on the platform.",
        ],
        [404, "not_found", "there is no such thing on the platform."],
        [409, "conflict", "it conflicts with what is there."],
        [418, "rejected", "the platform does not accept the request."],
        [422, "rejected", "the platform does not accept the request."],
    ])("with %d is told at once, in plain words", async (status, kind, text) => {
        const bench = await startBench(() => refusal(status));
        const error = await errorOf(health(bench));
        expect(error.kind).toBe(kind);
        expect(error.outcomeUnknown).toBe(false);
        expect(error.message).toBe(`GET /api/v2/bots/bot_12345/health was answered with ${status}: ${text}`);
        expect(calls(bench)).toHaveLength(1);
    });

    it("of a token for want of a right names the client, the address and the audience", async () => {
        const bench = await startBench(() => GOOD, {
            respondToken: () => refusal(403, "audience not allowed"),
        });
        expect((await errorOf(health(bench))).message).toBe(
            `POST /oauth/token was answered with 403 (audience not allowed): ${bench.web.origin} (cognigy:baseUrl) gives the ` +
                'client of cognigy:clientId no token for the audience "the-audience" (cognigy:audience). Grant it on the ' +
                "platform, or correct the setting.",
        );
    });

    it("is told with what the platform says of it, on one line and cut when it is long", async () => {
        const bench = await startBench(() => refusal(400, `tag\n  is   taken ${"x".repeat(1_000)}`));
        const { message } = await errorOf(health(bench));
        expect(message).toBe(
            `GET /api/v2/bots/bot_12345/health was answered with 400 (tag is taken ${"x".repeat(287)}): the platform does not accept the request.`,
        );
    });

    it("that goes on without end is not read to its end", async () => {
        let sent = 0;
        const bench = await startBench(() => (response) => {
            response.writeHead(400);
            const more = () => {
                if (!response.destroyed && sent < 64 * 1024 * 1024) {
                    sent += 65_536;
                    response.write(Buffer.alloc(65_536, " "), more);
                }
            };
            more();
        });
        expect((await errorOf(health(bench))).message).toBe(
            "GET /api/v2/bots/bot_12345/health was answered with 400: the platform does not accept the request.",
        );
        expect(sent).toBeLessThan(64 * 1024 * 1024);
    });

    it("names a very long path only in part", async () => {
        const bench = await startBench(() => refusal(404));
        const error = await errorOf(bench.http.json({ ...HEALTH, path: `/${"x".repeat(500)}` }, healthy));
        expect(error.call).toBe(`GET /${"x".repeat(198)}…`);
    });
});

describe("an answer that breaks the contract", () => {
    it.each<[string, Reply, string]>([
        [
            "HTML",
            { text: "<html>Sign in</html>" },
            "something that is no JSON (20 characters). Check that cognigy:baseUrl (<origin>) is the platform's address.",
        ],
        [
            "nothing",
            { status: 204 },
            "something that is no JSON (0 characters). Check that cognigy:baseUrl (<origin>) is the platform's address.",
        ],
        [
            "half of its JSON",
            { text: '{"healthy": tr' },
            "something that is no JSON (14 characters). Check that cognigy:baseUrl (<origin>) is the platform's address.",
        ],
        [
            "another type",
            { json: { healthy: "yes" } },
            "something that does not fit the contract: healthy: Invalid input: expected boolean, received string.",
        ],
        [
            "a list",
            { json: [] },
            "something that does not fit the contract: the whole answer: Invalid input: expected object, received array.",
        ],
        [
            "null",
            { json: null },
            "something that does not fit the contract: the whole answer: Invalid input: expected object, received null.",
        ],
    ])("by %s names the call and the field", async (_what, reply, text) => {
        const bench = await startBench(() => reply);
        const error = await errorOf(health(bench));
        expect(error.kind).toBe("malformed");
        expect(error.message).toBe(
            `GET /api/v2/bots/bot_12345/health was answered with ${text.replace("<origin>", bench.web.origin)}`,
        );
        expect(calls(bench)).toHaveLength(1);
    });

    it("deep inside names the path to it", async () => {
        const bench = await startBench(() => ({ json: { items: [{ id: "a" }, { id: 5 }] } }));
        const items = z.object({ items: z.array(z.object({ id: z.string() })) });
        expect((await errorOf(bench.http.json(HEALTH, items))).message).toContain(
            "the contract: items.1.id: ",
        );
    });
});

describe("a redirect", () => {
    it.each([301, 302, 303, 307, 308])(
        "with %d is never followed, and no credential goes elsewhere",
        async (status) => {
            const elsewhere = await WebServer.start(() => GOOD);
            const bench = await startBench(() => ({
                status,
                headers: { location: `${elsewhere.origin}/api/v2/bots/bot_12345/health` },
            }));
            const error = await errorOf(health(bench));
            expect(error.kind).toBe("redirected");
            expect(error.message).toBe(
                `GET /api/v2/bots/bot_12345/health was answered with ${status}: ${bench.web.origin} sends callers elsewhere, ` +
                    "and credentials do not follow. Set cognigy:baseUrl to the address that answers itself.",
            );
            expect(elsewhere.seen).toEqual([]);
            expect(calls(bench)).toHaveLength(1);
            await elsewhere.stop();
        },
    );

    it("of the request for a token is never followed", async () => {
        const elsewhere = await WebServer.start(() => GOOD);
        const bench = await startBench(() => GOOD, {
            respondToken: () => ({ status: 307, headers: { location: `${elsewhere.origin}/oauth/token` } }),
        });
        expect((await errorOf(health(bench))).kind).toBe("redirected");
        expect(elsewhere.seen).toEqual([]);
        await elsewhere.stop();
    });
});

describe("a secret that the platform repeats", () => {
    const TOKEN = "token-1-of-the-bench";

    it.each([
        ["the client's secret", CLIENT_SECRET],
        [
            "the client's secret as it stands in a form",
            new URLSearchParams({ x: CLIENT_SECRET }).toString().slice(2),
        ],
        ["the client's secret as it stands in an address", encodeURIComponent(CLIENT_SECRET)],
        ["the client's secret as it stands in JSON", JSON.stringify(CLIENT_SECRET).slice(1, -1)],
        ["the token", TOKEN],
    ])("is kept out of the message: %s", async (_what, secret) => {
        const bench = await startBench(() => refusal(400, `you sent ${secret}, and ${secret} again`));
        const { message } = await errorOf(health(bench));
        expect(message).toContain("(you sent [secret], and [secret] again)");
    });

    it("is kept out of the message also where the message is cut", async () => {
        for (let before = 255; before <= 300; before += 1) {
            const bench = await startBench(() => refusal(400, "x".repeat(before) + CLIENT_SECRET));
            const { message } = await errorOf(health(bench));
            expect(message).not.toContain(CLIENT_SECRET.slice(0, 4));
        }
    });

    it("is kept out of the message also where it has spaces in it", async () => {
        const secret = "two  spaces\tand a tab";
        const bench = await startBench(() => refusal(400, `you sent ${secret}`), {
            connection: { clientSecret: secret },
        });
        expect((await errorOf(health(bench))).message).toContain("(you sent [secret])");
    });

    it("is kept out of the message when no token is given", async () => {
        const bench = await startBench(() => GOOD, {
            respondToken: ({ body }) => ({ status: 400, json: { error_description: `bad form: ${body}` } }),
        });
        const { message } = await errorOf(health(bench));
        expect(message).toContain("client_secret=[secret]&");
        expect(message).not.toContain(CLIENT_SECRET.slice(0, 6));
    });

    it("is kept out of the message of an answer that breaks the contract", async () => {
        const bench = await startBench(() => ({ json: { healthy: CLIENT_SECRET } }));
        expect((await errorOf(health(bench))).message).not.toContain(CLIENT_SECRET);
    });
});

describe("something that need not be there", () => {
    it("is undefined where the platform says that it is not", async () => {
        const bench = await startBench(inTurn(refusal(404), GOOD, refusal(403)));
        expect(await bench.http.find(HEALTH, healthy)).toBeUndefined();
        expect(await bench.http.find(HEALTH, healthy)).toEqual({ healthy: true });
        expect((await errorOf(bench.http.find(HEALTH, healthy))).kind).toBe("forbidden");
    });

    it("may be not there for other reasons that the caller names", async () => {
        const bench = await startBench(() => refusal(403));
        expect(await bench.http.find(HEALTH, healthy, [403, 404])).toBeUndefined();
    });
});

describe("a status", () => {
    it("is given as it is where it is an answer, and told as an error where it is not", async () => {
        const bench = await startBench(inTurn({ status: 200 }, refusal(404), refusal(409)));
        const head: Call = { ...HEALTH, method: "HEAD" };
        expect(await bench.http.status(head, [403, 404])).toBe(200);
        expect(await bench.http.status(head, [403, 404])).toBe(404);
        expect((await errorOf(bench.http.status(head, [403, 404]))).kind).toBe("conflict");
    });
});

describe("a download", () => {
    const textOf = async (body: Readable) => {
        let text = "";
        for await (const chunk of body) {
            text += chunk;
        }
        return text;
    };

    it("is handed on as it comes", async () => {
        const bench = await startBench(() => ({ text: "the whole bot" }));
        expect(await bench.http.stream(HEALTH, textOf)).toBe("the whole bot");
    });

    it("starts from the beginning when it breaks off", async () => {
        const bench = await startBench(inTurn(truncated, { text: "the whole bot" }));
        const consumed = jest.fn(textOf);
        expect(await bench.http.stream(HEALTH, consumed)).toBe("the whole bot");
        expect(consumed).toHaveBeenCalledTimes(2);
    });

    it("is not tried again for what its reader makes of it", async () => {
        const bench = await startBench(() => ({ text: "the whole bot" }));
        const downloading = bench.http.stream(HEALTH, async (body) => {
            await textOf(body);
            throw new ReleaseError("the disk is full.");
        });
        await expect(downloading).rejects.toThrow("the disk is full.");
        expect(calls(bench)).toHaveLength(1);
    });
});
