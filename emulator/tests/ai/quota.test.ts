import { Quota } from "../../src/ai/quota";
import { ManualClock } from "../../src/manual-clock";
import { startedAi } from "../support/ai-api";
import { travelBot } from "../support/travel-bot";

describe("a quota", () => {
    test("counts in windows that the first request opens", async () => {
        const clock = new ManualClock();
        const quota = new Quota({ requests: 2, windowSeconds: 10 }, clock);
        const take = (times: number) => Array.from({ length: times }, () => quota.take());
        await clock.advance(12_345);
        expect(take(3)).toEqual([null, null, "10"]);
        await clock.advance(9001);
        expect(take(1)).toEqual(["1"]);
        await clock.advance(999);
        expect(take(3)).toEqual([null, null, "10"]);
    });

    test("null is no limit", () => {
        const quota = new Quota(null, new ManualClock());
        expect(Array.from({ length: 5000 }, () => quota.take()).every((wait) => wait === null)).toBe(true);
    });
});

describe("over HTTP", () => {
    test("the thousand-and-first request in five minutes is refused, with the time to wait", async () => {
        const { api, clock, control, emulator } = await startedAi();
        for (let count = 0; count < 999; count += 1) {
            emulator.ai.quota.take();
        }
        expect((await api.get("/projects")).status).toBe(200);
        await clock.advance(1000);
        const { headers, body } = await api.get("/projects");
        expect(headers.get("retry-after")).toBe("299");
        expect(body).toMatchObject({ status: 429, code: 429 });
        expect((await control.requests()).at(-1)).toMatchObject({ status: 429, fault: "rate_limit" });
        await clock.advance(299_000);
        expect((await api.get("/projects")).status).toBe(200);
    });

    test("holds for all of the API, but not for conversations, downloads and the other contract", async () => {
        const { api, ai } = await startedAi();
        await ai.quota({ requests: 1, windowSeconds: 60 });
        expect((await api.get("/testing/simulations")).status).toBe(200);
        expect((await api.get("/projects")).status).toBe(429);
        expect((await api.get("/v2.0/projects")).status).toBe(429);
        expect((await api.post("/endpoint/x", { userId: "u", sessionId: "s", text: "x" })).status).toBe(404);
        expect((await api.get("/new/v2.0/downloads/x")).status).toBe(404);
        expect((await fetch(`${api.url}/api/v2/deployments`)).status).toBe(401);
        await ai.quota(null);
        expect((await api.get("/projects")).status).toBe(200);
    });

    test("the rate limit of all contracts holds, too, and is told in the words of this one", async () => {
        const { api, control } = await startedAi();
        await control.rateLimit({ perSecond: 1, retryAfter: "seconds" });
        await api.get("/projects");
        expect((await api.get("/projects")).body).toMatchObject({ status: 429, code: 429 });
    });

    test("can be another one from the start", async () => {
        const { api } = await startedAi({ ...travelBot, ai: { quota: { requests: 1, windowSeconds: 1 } } });
        expect([(await api.get("/projects")).status, (await api.get("/projects")).status]).toEqual([
            200, 429,
        ]);
    });
});
