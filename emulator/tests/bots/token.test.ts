import { Api, demoForm } from "../support/api";
import { smallBot } from "../support/small-bot";
import { started } from "../support/started";

const flowPath = "/api/v2/bots/bot_1/flows/flow_1";

describe("asking for a token", () => {
    test("right credentials get a token with its lifetime and scopes", async () => {
        const { api } = await started({ ...smallBot, tokenLifetimeSeconds: 90 });
        const { status, body, headers } = await api.askToken(demoForm);
        expect(status).toBe(200);
        expect(body).toEqual({
            access_token: expect.stringMatching(/^\w{32}$/),
            expires_in: 90,
            token_type: "Bearer",
            scope: "bot:manage simulation:run deployment:execute export:read audit:write",
        });
        expect(headers.get("cache-control")).toBe("no-store");
    });

    test.each([
        ["client_id", "nobody", "The client_id is not known."],
        ["client_secret", "guess", "The client_secret is not the one of this client_id."],
        ["audience", "elsewhere", "The audience is not one that this client_id may ask for."],
    ])("a wrong %s is refused, and named without its value", async (field, value, message) => {
        const { api } = await started(smallBot);
        const { status, body } = await api.askToken({ ...demoForm, [field]: value });
        expect(status).toBe(401);
        expect(body).toEqual({ error: "invalid_client", message, error_description: message });
    });

    test.each(["grant_type", "client_id", "client_secret", "audience"])(
        "a form without %s is refused",
        async (field) => {
            const { api } = await started(smallBot);
            const { [field]: _left, ...form } = demoForm;
            const { status, body } = await api.askToken(form);
            expect(status).toBe(400);
            expect(body).toEqual({ error: "bad_request", message: `${field} is required.` });
        },
    );

    test("an empty field is refused", async () => {
        const { api } = await started(smallBot);
        const { status, body } = await api.askToken({ ...demoForm, client_secret: "" });
        expect(status).toBe(400);
        expect(body.message).toBe("client_secret must not be empty.");
    });

    test("another grant is refused", async () => {
        const { api } = await started(smallBot);
        const { status, body } = await api.askToken({ ...demoForm, grant_type: "password" });
        expect(status).toBe(400);
        expect(body).toEqual({
            error: "unsupported_grant_type",
            message: 'The grant_type must be client_credentials, not "password".',
        });
    });

    test("a field that is given twice is refused", async () => {
        const { api } = await started(smallBot);
        const body = new URLSearchParams([...Object.entries(demoForm), ["audience", "elsewhere"]]);
        const answer = await api.send("POST", "/oauth/token", { body });
        expect(answer.status).toBe(400);
        expect(answer.body.message).toBe("audience must be of type string.");
    });

    test("JSON is not a form", async () => {
        const { api } = await started(smallBot);
        const { status, body } = await api.post("/oauth/token", demoForm);
        expect(status).toBe(415);
        expect(body).toEqual({
            error: "unsupported_media_type",
            message: "The body must be sent as application/x-www-form-urlencoded, not application/json.",
        });
    });
});

describe("calling with a token", () => {
    test.each([
        ["no token", null, "The call needs an access token (Bearer)."],
        ["an unknown token", "made-up", "The access token is unknown or expired."],
    ])("%s is refused", async (_what, token, message) => {
        const { emulator } = await started(smallBot);
        const { status, body, headers } = await new Api(emulator.url, token).get(flowPath);
        expect(status).toBe(401);
        expect(body).toEqual({ error: "invalid_token", message });
        expect(headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    });

    test("a token is refused from the moment on at which it expires", async () => {
        const { api, clock } = await started({ ...smallBot, tokenLifetimeSeconds: 90 });
        await clock.advance(89_999);
        const valid = await api.get(flowPath);
        expect(valid.status).toBe(200);
        expect(valid.headers.get("www-authenticate")).toBeNull();
        await clock.advance(1);
        expect((await api.get(flowPath)).status).toBe(401);
    });

    test("who has no token is told nothing about bodies or unknown calls", async () => {
        const { emulator } = await started(smallBot);
        const stranger = new Api(emulator.url);
        const text = await stranger.send("POST", "/api/v2/deployments", { body: "x" });
        expect(text.status).toBe(401);
        expect((await stranger.get("/api/v2/nothing")).status).toBe(401);
    });

    test("expireTokens ends the tokens that are out, not those to come", async () => {
        const { api, emulator, control } = await started(smallBot);
        await control.expireTokens();
        expect((await api.get(flowPath)).status).toBe(401);
        const again = await Api.login(emulator.url);
        expect((await again.get(flowPath)).status).toBe(200);
    });

    test("the scheme is compared without regard to case", async () => {
        const { api, emulator } = await started(smallBot);
        const stranger = new Api(emulator.url);
        const { status } = await stranger.send("GET", flowPath, {
            headers: { authorization: `bearer ${api.token}` },
        });
        expect(status).toBe(200);
    });
});

describe("scopes", () => {
    const calls = [
        ["GET", "/api/v2/bots/bot_1/flows/flow_1", "bot:manage"],
        ["GET", "/api/v2/bots/bot_1/dependencies?flowId=flow_1", "bot:manage"],
        ["GET", "/api/v2/bots/bot_1/health", "bot:manage"],
        ["POST", "/api/v2/simulations", "simulation:run"],
        ["GET", "/api/v2/simulations/sim_1/results", "simulation:run"],
        ["GET", "/api/v2/deployments?botId=bot_1", "deployment:execute"],
        ["POST", "/api/v2/deployments", "deployment:execute"],
        ["GET", "/api/v2/deployments/dep_old/status", "deployment:execute"],
        ["POST", "/api/v2/deployments/dep_old/rollback", "deployment:execute"],
        ["GET", "/api/v2/bots/bot_1/export?format=json&versionTag=v1.0.0", "export:read"],
    ] as const;
    const all = ["bot:manage", "simulation:run", "deployment:execute", "export:read"] as const;

    function clientWithout(scope: string) {
        return {
            clientId: "narrow",
            clientSecret: "secret",
            scopes: all.filter((other) => other !== scope),
        };
    }

    const login = { client_id: "narrow", client_secret: "secret" };

    test.each(calls)("%s %s needs %s", async (method, path, scope) => {
        const { emulator } = await started({
            ...smallBot,
            clients: [clientWithout(scope), { clientId: "demo-client", clientSecret: "other" }],
        });
        const api = await Api.login(emulator.url, login);
        const { status, body, headers } = await api.send(
            method,
            path,
            method === "POST" ? { body: "{}", headers: { "content-type": "application/json" } } : {},
        );
        expect(status).toBe(403);
        expect(body).toEqual({
            error: "insufficient_scope",
            message: `This call needs the scope ${scope}, which the client "narrow" does not have.`,
            required_scope: scope,
        });
        expect(headers.get("www-authenticate")).toBe(`Bearer error="insufficient_scope", scope="${scope}"`);
    });

    test.each(["intents", "entities", "external-apis", "resources"])(
        "HEAD on %s needs bot:manage",
        async (segment) => {
            const { emulator } = await started({ ...smallBot, clients: [clientWithout("bot:manage")] });
            const api = await Api.login(emulator.url, login);
            const { status, headers } = await api.head(`/api/v2/bots/bot_1/${segment}/x`);
            expect(status).toBe(403);
            expect(headers.get("www-authenticate")).toContain('scope="bot:manage"');
        },
    );

    test("a client gets the scopes that it has, and the audience that it names", async () => {
        const { emulator } = await started({
            ...smallBot,
            clients: [
                { clientId: "narrow", clientSecret: "secret", audience: "own", scopes: ["export:read"] },
            ],
        });
        const { body } = await new Api(emulator.url).askToken({ ...demoForm, ...login, audience: "own" });
        expect(body.scope).toBe("export:read");
    });
});
