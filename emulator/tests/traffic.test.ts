import { request } from "node:http";
import { Api, demoForm } from "./support/api";
import { deployBody } from "./support/deploy-body";
import { smallBot } from "./support/small-bot";
import { started } from "./support/started";

const flowPath = "/api/v2/bots/bot_1/flows/flow_1";
const deployments = "/api/v2/deployments";

async function deploymentsIn(api: Api): Promise<number> {
    return (await api.get(`${deployments}?botId=bot_1`)).body.items.length;
}

describe("the request log", () => {
    test("tells what was asked and how it was answered, oldest first", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.clearRequests();
        await clock.advance(1500);
        await api.get("/api/v2/bots/bot_1/dependencies?flowId=flow%201&page=1");
        await api.post(`${deployments}/dep_9/rollback`, { reason: "Because." });
        expect(await control.requests()).toEqual([
            {
                seq: 2,
                at: "2026-01-05T09:00:01.500Z",
                method: "GET",
                path: "/api/v2/bots/bot_1/dependencies",
                query: { flowId: "flow 1", page: "1" },
                status: 404,
            },
            {
                seq: 3,
                at: "2026-01-05T09:00:01.500Z",
                method: "POST",
                path: "/api/v2/deployments/dep_9/rollback",
                query: {},
                status: 404,
                body: { reason: "Because." },
            },
        ]);
    });

    test("keeps neither secrets nor tokens", async () => {
        const { api, control } = await started(smallBot);
        await api.post("/api/v2/simulations", { flowId: "f", access_token: "abc" });
        await api.send("POST", "/api/v2/simulations", {
            body: '{"client_secret":"abc',
            headers: { "content-type": "application/json" },
        });
        await api.get(`${flowPath}?access_token=abc`);
        const [login, simulation, broken, query] = await control.requests();
        expect(login?.body).toEqual({ ...demoForm, client_secret: "[redacted]" });
        expect(simulation?.body).toEqual({ flowId: "f", access_token: "[redacted]" });
        expect(broken?.body).toBe("(21 bytes that cannot be read)");
        expect(query?.query).toEqual({ access_token: "[redacted]" });
        expect(JSON.stringify(await control.requests())).not.toContain(api.token);
    });

    test("holds refused and unknown calls, but no control calls", async () => {
        const { emulator, control } = await started(smallBot);
        await control.clearRequests();
        await new Api(emulator.url).get("/nothing");
        await control.state();
        expect((await control.requests()).map(({ path, status }) => [path, status])).toEqual([
            ["/nothing", 404],
        ]);
    });

    test("a request that has no answer yet has no status", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.addFault({ fault: { kind: "latency", ms: 1000 } });
        const waiting = api.get(flowPath);
        await clock.untilSleeping();
        expect((await control.requests()).at(-1)).toMatchObject({ status: null, fault: "latency" });
        await clock.advance(1000);
        expect((await waiting).status).toBe(200);
        expect((await control.requests()).at(-1)).toMatchObject({ status: 200 });
    });
});

describe("latency", () => {
    test("delays the answer by the clock", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.addFault({ fault: { kind: "latency", ms: 5000 } });
        let isAnswered = false;
        const answer = api.get(flowPath).then((result) => {
            isAnswered = true;
            return result;
        });
        await clock.untilSleeping();
        await clock.advance(4999);
        expect(isAnswered).toBe(false);
        await clock.advance(1);
        expect((await answer).status).toBe(200);
    });

    test("the request takes effect even when the client has given up", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.addFault({ match: { method: "POST" }, fault: { kind: "latency", ms: 5000 } });
        const patience = new AbortController();
        const sent = api.send("POST", deployments, {
            body: JSON.stringify(deployBody()),
            headers: { "content-type": "application/json" },
            signal: patience.signal,
        });
        await clock.untilSleeping();
        patience.abort();
        await expect(sent).rejects.toThrow("aborted");
        await clock.advance(5000);
        expect(await deploymentsIn(api)).toBe(2);
    });

    test("is followed by what else befalls the request", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.addFault({ fault: { kind: "latency", ms: 100 } });
        await control.addFault({ fault: { kind: "status", status: 503 } });
        const answer = api.get(flowPath);
        await clock.untilSleeping();
        await clock.advance(100);
        expect((await answer).status).toBe(503);
        expect((await control.requests()).at(-1)?.fault).toBe("latency+status");
    });

    test("does not hold up the end of the emulator", async () => {
        const { api, control, clock, emulator } = await started(smallBot);
        await control.addFault({ fault: { kind: "latency", ms: 1e9 } });
        const answer = api.get(flowPath).catch((error: Error) => error);
        await clock.untilSleeping();
        await emulator.close();
        expect(await answer).toMatchObject({ message: "fetch failed" });
        expect(clock.sleeping).toBe(0);
    });
});

describe("a status", () => {
    test("comes in place of the effect", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({ match: { method: "POST" }, fault: { kind: "status", status: 500 } });
        const { status, body } = await api.post(deployments, deployBody());
        expect(status).toBe(500);
        expect(body).toEqual({ error: "injected_fault", message: "This answer (500) was injected." });
        expect(await deploymentsIn(api)).toBe(1);
        expect((await control.requests()).find(({ status: seen }) => seen === 500)?.fault).toBe("status");
    });

    test("or after it", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({
            match: { method: "POST" },
            fault: { kind: "status", status: 504, after: true },
        });
        expect((await api.post(deployments, deployBody())).status).toBe(504);
        expect(await deploymentsIn(api)).toBe(2);
        expect((await control.requests()).at(-2)).toMatchObject({ status: 504, fault: "status" });
    });

    test("comes before credentials are looked at", async () => {
        const { emulator, control } = await started(smallBot);
        await control.addFault({ fault: { kind: "status", status: 502 } });
        expect((await new Api(emulator.url).get(flowPath)).status).toBe(502);
    });

    test.each([
        [{ retryAfter: 7 }, "7"],
        [{ retryAfterDate: 7.2 }, "Mon, 05 Jan 2026 09:00:08 GMT"],
        [{}, null],
    ])("with %j has Retry-After %s", async (settings, expected) => {
        const { api, control } = await started(smallBot);
        await control.addFault({ fault: { kind: "status", status: 429, ...settings } });
        expect((await api.get(flowPath)).headers.get("retry-after")).toBe(expected);
    });

    test.each([
        ["Sorry.", "text/plain; charset=utf-8"],
        [{ code: 17 }, "application/json; charset=utf-8"],
    ])("with the body %j", async (content, type) => {
        const { api, control } = await started(smallBot);
        await control.addFault({ fault: { kind: "status", status: 500, body: content } });
        const { body, headers } = await api.get(flowPath);
        expect(body).toEqual(content);
        expect(headers.get("content-type")).toBe(type);
    });

    test("befalls HEAD too, without a body", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({ match: { method: "HEAD" }, fault: { kind: "status", status: 503 } });
        const { status, body } = await api.head("/api/v2/bots/bot_1/intents/order_pizza");
        expect([status, body]).toEqual([503, ""]);
    });
});

describe("a dropped connection", () => {
    test.each([
        ["before", 1],
        ["after", 2],
    ] as const)("%s the effect", async (when, expected) => {
        const { api, control } = await started(smallBot);
        await control.addFault({ match: { method: "POST" }, fault: { kind: "drop", when } });
        await expect(api.post(deployments, deployBody())).rejects.toThrow("fetch failed");
        expect(await deploymentsIn(api)).toBe(expected);
        expect((await control.requests()).at(-2)).toMatchObject({ status: null, fault: "drop" });
    });
});

describe("a malformed answer", () => {
    test("is an HTML page with the status of the real one, which took effect", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({ match: { method: "POST" }, fault: { kind: "malformed" } });
        const { status, body, headers } = await api.post(deployments, deployBody());
        expect(status).toBe(202);
        expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
        expect(body).toMatch(/^<!doctype html>/);
        expect(await deploymentsIn(api)).toBe(2);
    });

    test("or what it is told to be", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({
            fault: { kind: "malformed", body: '{"items": [', contentType: "application/x-broken" },
        });
        const { body, headers } = await api.get(flowPath);
        expect(body).toBe('{"items": [');
        expect(headers.get("content-type")).toBe("application/x-broken");
    });
});

describe("a truncated answer", () => {
    test("promises the whole and ends half-way", async () => {
        const { api, control, emulator } = await started(smallBot);
        const whole = await fetch(emulator.url + flowPath, {
            headers: { authorization: `Bearer ${api.token}` },
        });
        const length = (await whole.text()).length;
        await control.addFault({ fault: { kind: "truncate" } });
        const received = await new Promise<{ promised: string | undefined; bytes: number; isWhole: boolean }>(
            (resolve, reject) => {
                request(
                    emulator.url + flowPath,
                    { headers: { authorization: `Bearer ${api.token}` } },
                    (response) => {
                        let bytes = 0;
                        response.on("data", (chunk: Buffer) => {
                            bytes += chunk.length;
                        });
                        response.on("error", () => undefined);
                        response.on("close", () =>
                            resolve({
                                promised: response.headers["content-length"],
                                bytes,
                                isWhole: response.complete,
                            }),
                        );
                    },
                )
                    .on("error", reject)
                    .end();
            },
        );
        expect(received).toEqual({ promised: String(length), bytes: length >> 1, isWhole: false });
    });

    test("has taken effect, and fails to be read", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({ match: { method: "POST" }, fault: { kind: "truncate" } });
        await expect(api.post(deployments, deployBody())).rejects.toThrow("terminated");
        expect(await deploymentsIn(api)).toBe(2);
        expect((await control.requests()).at(-2)).toMatchObject({ status: 202, fault: "truncate" });
    });

    test("where there is no body the connection is dropped", async () => {
        const { api, control } = await started(smallBot);
        await control.addFault({ fault: { kind: "truncate" } });
        await expect(api.head("/api/v2/bots/bot_1/intents/order_pizza")).rejects.toThrow("fetch failed");
        expect((await control.requests()).at(-1)?.status).toBeNull();
    });
});

describe("the rate limit", () => {
    test("lets a burst through, then refuses with the seconds to wait", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.rateLimit({ perSecond: 2, retryAfter: "seconds" });
        const statuses = async (count: number) => {
            const seen = [];
            for (let call = 0; call < count; call += 1) {
                seen.push((await api.get(flowPath)).status);
            }
            return seen;
        };
        expect(await statuses(3)).toEqual([200, 200, 429]);
        await clock.advance(500);
        expect(await statuses(2)).toEqual([200, 429]);
        const { body, headers } = await api.get(flowPath);
        expect(headers.get("retry-after")).toBe("1");
        expect(body).toEqual({ error: "too_many_requests", message: "Too many requests: see Retry-After." });
        expect((await control.requests()).at(-1)).toMatchObject({ status: 429, fault: "rate_limit" });
        await control.rateLimit(null);
        expect(await statuses(5)).toEqual([200, 200, 200, 200, 200]);
    });

    test("tells the date to wait for, if it is to", async () => {
        const { api, control } = await started(smallBot);
        await control.rateLimit({ perSecond: 0.1, retryAfter: "date" });
        await api.get(flowPath);
        expect((await api.get(flowPath)).headers.get("retry-after")).toBe("Mon, 05 Jan 2026 09:00:10 GMT");
    });

    test("holds for everything but the control API", async () => {
        const { api, control } = await started(smallBot);
        await control.rateLimit({ perSecond: 1, retryAfter: "seconds" });
        await api.askToken(demoForm);
        expect((await api.askToken(demoForm)).status).toBe(429);
        await control.state();
    });
});
