import { type StartedAi, startedAi } from "../support/ai-api";

type Say = (text: string, sessionId?: string) => Promise<string>;

async function talking(started: StartedAi, name = "Staging"): Promise<{ say: Say; token: string }> {
    const { api, named, project } = started;
    const { URLToken } = await named(`/endpoints?projectId=${project}`, name);
    return {
        token: URLToken,
        say: async (text, sessionId = "s") =>
            (await api.post(`/endpoint/test/${URLToken}`, { userId: "u", sessionId, text })).body.text,
    };
}

describe("a conversation", () => {
    test("needs no key, in test mode and out of it", async () => {
        const started = await startedAi();
        const { token } = await talking(started);
        for (const path of [token, `test/${token}`]) {
            const response = await fetch(`${started.emulator.endpointUrl}/${path}`, {
                method: "POST",
                headers: { "content-type": "application/json" },
                body: JSON.stringify({ userId: "u", sessionId: path, text: "hello" }),
            });
            expect(response.status).toBe(200);
            expect(await response.json()).toEqual({
                text: "Hello! What can I do for you?",
                data: {},
                outputStack: [
                    { text: "Hello!", data: {} },
                    { text: "What can I do for you?", data: {} },
                ],
                userId: "u",
                sessionId: path,
            });
        }
    });

    test("goes along the flow: questions wait, intents choose the branch", async () => {
        const { say } = await talking(await startedAi());
        await say("hello");
        expect(await say("book a flight")).toBe("From where?");
        expect(await say("Rome")).toBe("I found a flight.");
        expect(await say("hello again")).toBe("Hello! What can I do for you?");
    });

    test("what is not understood takes the default branch, and goes back to the question", async () => {
        const { say } = await talking(await startedAi());
        await say("hello");
        expect(await say("qwertz")).toBe("Sorry? What can I do for you?");
        expect(await say("cancel my trip")).toBe("Your trip is cancelled.");
    });

    test("sessions are apart", async () => {
        const { say } = await talking(await startedAi());
        await say("hello", "one");
        expect(await say("book a flight", "other")).toBe("Hello! What can I do for you?");
    });

    test.each([
        [{ sessionId: "s", text: "x" }, "userId is required."],
        [{ userId: "u", text: "x" }, "sessionId is required."],
        [{ userId: "u", sessionId: "s" }, "text or data is required."],
    ])("%j is refused", async (message, detail) => {
        const started = await startedAi();
        const { token } = await talking(started);
        const { status, body } = await started.api.post(`/endpoint/${token}`, message);
        expect([status, body.detail]).toEqual([400, detail]);
    });

    test("data alone will do", async () => {
        const started = await startedAi();
        const { token } = await talking(started);
        const { status } = await started.api.post(`/endpoint/${token}`, {
            userId: "u",
            sessionId: "s",
            data: { a: 1 },
        });
        expect(status).toBe(200);
    });

    test("is refused without an endpoint, or when it is not active", async () => {
        const started = await startedAi();
        const { token } = await talking(started);
        const message = { userId: "u", sessionId: "s", text: "x" };
        expect((await started.api.post("/endpoint/none", message)).status).toBe(404);
        await started.ai.patchEndpoint("Travel/Staging", { active: false });
        expect((await started.api.post(`/endpoint/${token}`, message)).status).toBe(403);
    });

    test("only REST endpoints are talked to by POST; sockets have a test mode, webchats have none", async () => {
        const started = await startedAi();
        const { token } = await talking(started);
        const statuses = async (channel: string) => {
            await started.ai.patchEndpoint("Travel/Staging", { channel });
            const message = { userId: "u", sessionId: "s", text: "x" };
            return [
                (await started.api.post(`/endpoint/${token}`, message)).status,
                (await started.api.post(`/endpoint/test/${token}`, message)).status,
            ];
        };
        expect(await statuses("rest")).toEqual([200, 200]);
        expect(await statuses("socket")).toEqual([404, 200]);
        expect(await statuses("webchat3")).toEqual([404, 404]);
    });
});

describe("switching an endpoint", () => {
    test("new sessions get the new version, running ones stay with theirs", async () => {
        const started = await startedAi();
        const { say } = await talking(started, "Production");
        expect(await say("hello", "old")).toBe("Good day! What can I do for you?");
        await started.ai.patchEndpoint("Travel/Production", { entrypoint: "Travel" });
        await say("cancel my trip", "old");
        expect(await say("hello", "old")).toBe("Good day! What can I do for you?");
        expect(await say("hello", "new")).toBe("Hello! What can I do for you?");
    });

    test("a session starts anew after seven days", async () => {
        const started = await startedAi();
        const { say } = await talking(started, "Production");
        await say("hello");
        await started.ai.patchEndpoint("Travel/Production", { entrypoint: "Travel" });
        await started.clock.advance(7 * 24 * 60 * 60 * 1000);
        expect(await say("cancel my trip")).toBe("Hello! What can I do for you?");
    });

    test("a session starts anew when its snapshot is deleted", async () => {
        const started = await startedAi();
        const { say } = await talking(started, "Production");
        await say("hello");
        await started.ai.patchEndpoint("Travel/Production", { entrypoint: "Travel" });
        await started.ai.forgetSnapshot("v1.0.0");
        expect(await say("cancel my trip")).toBe("Hello! What can I do for you?");
    });

    test("an endpoint whose snapshot is deleted leads nowhere", async () => {
        const started = await startedAi();
        const { token } = await talking(started, "Production");
        await started.ai.forgetSnapshot("v1.0.0");
        const { status, body } = await started.api.post(`/endpoint/${token}`, {
            userId: "u",
            sessionId: "s",
            text: "x",
        });
        expect([status, body.detail]).toEqual([404, 'The endpoint "Production" leads to no flow.']);
    });

    test("may take its time to get through", async () => {
        const started = await startedAi();
        const { say } = await talking(started, "Production");
        await started.ai.variants({ propagationMs: 20_000 });
        await started.ai.patchEndpoint("Travel/Production", { entrypoint: "Travel" });
        await started.clock.advance(19_999);
        await started.ai.patchEndpoint("Travel/Production", { useAnalytics: false });
        expect(await say("hello", "early")).toBe("Good day! What can I do for you?");
        await started.clock.advance(1);
        expect(await say("hello", "late")).toBe("Hello! What can I do for you?");
    });
});

describe("what an endpoint answers", () => {
    test("can be scripted, one message after the other", async () => {
        const started = await startedAi();
        const { say, token } = await talking(started);
        await started.ai.conversation("Travel/Staging", {
            sequence: ["error", "silent", { text: "Out of order." }],
        });
        const message = { userId: "u", sessionId: "x", text: "hello" };
        const failed = await started.api.post(`/endpoint/test/${token}`, message);
        expect(failed.body).toMatchObject({ status: 500, code: 1008 });
        const silent = await started.api.post(`/endpoint/test/${token}`, message);
        expect(silent.body).toMatchObject({ text: "", outputStack: [] });
        expect(await say("hello")).toBe("Out of order.");
        expect(await say("hello", "fresh")).toBe("Hello! What can I do for you?");
    });

    test("and for good", async () => {
        const started = await startedAi();
        const { say } = await talking(started);
        await started.ai.conversation("Travel/Staging", {
            sequence: ["computed"],
            afterwards: { text: "Closed." },
        });
        expect([await say("hello"), await say("hello"), await say("hello")]).toEqual([
            "Hello! What can I do for you?",
            "Closed.",
            "Closed.",
        ]);
    });
});
