import { request } from "node:http";
import { demoUser } from "../../src/ai/data/demo-user";
import { AiApi, startedAi } from "../support/ai-api";
import { travelBot } from "../support/travel-bot";

const users = [
    { email: "admin@skyline.example", apiKey: "admin-key", name: "Admin" },
    { email: "guest@skyline.example", apiKey: "guest-key", roles: [], projects: ["Other"] },
];

const oauthClients = [{ clientId: "ci", clientSecret: "ci-secret", user: "guest@skyline.example" }];

describe("credentials", () => {
    test("are an API key, in a header or in the query", async () => {
        const { api } = await startedAi();
        const nobody = new AiApi(api.url, null);
        expect((await nobody.get("/users/me")).body).toMatchObject({ status: 401, code: 401 });
        expect((await new AiApi(api.url, "wrong").get("/users/me")).status).toBe(401);
        expect((await nobody.get(`/users/me?api_key=${demoUser.apiKey}`)).body).toMatchObject({
            id: "demo@skyline.example",
            roles: ["admin"],
        });
    });

    test("that are wrong may be told as a mistake of the server", async () => {
        const { api, ai, project } = await startedAi();
        await ai.variants({ invalidKeyStatus: 500 });
        const { status, body, headers } = await new AiApi(api.url, "wrong").get(`/projects/${project}`);
        expect([status, body.code]).toEqual([500, 1008]);
        expect(headers.get("content-type")).toMatch(/^application\/json/);
        expect((await api.get(`/projects/${project}`)).status).toBe(200);
    });

    test("come before the body, which gives no hints to strangers", async () => {
        const { api } = await startedAi();
        const { status } = await new AiApi(api.url, null).post("/snapshots", {});
        expect(status).toBe(401);
    });

    test("open the projects of which the user is a member", async () => {
        const started = await startedAi({ ...travelBot, ai: { users } });
        const { project } = started;
        const api = new AiApi(started.api.url, "admin-key");
        const guest = new AiApi(api.url, "guest-key");
        const { items } = (await guest.get("/projects")).body;
        expect(items.map(({ name }: { name: string }) => name)).toEqual(["Other"]);
        expect((await guest.get("/users/me")).body.projects).toEqual([items[0]._id]);
        expect((await guest.get("/flows")).body.items).toMatchObject([{ name: "Other flow" }]);
        const snapshot = (await api.get("/snapshots")).body.items[0]._id;
        const flow = (await api.get("/flows?name=Main")).body.items[0]._id;
        for (const path of [
            `/projects/${project}`,
            `/projects/${project}/graph`,
            `/flows?projectId=${project}`,
            `/flows/${flow}`,
            `/snapshots/${snapshot}`,
            `/tasks?projectId=${project}`,
        ]) {
            expect([path, (await guest.get(path)).body]).toMatchObject([path, { status: 403, code: 403 }]);
        }
    });
});

describe("OAuth2", () => {
    const ask = async (url: string, form: Record<string, string>) => {
        const response = await fetch(`${url}/auth/oauth2/token`, {
            method: "POST",
            body: new URLSearchParams(form),
        });
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const form = { grant_type: "client_credentials", client_id: "ci", client_secret: "ci-secret" };

    test("gives a token for the client's credentials, which acts for a user, for a while", async () => {
        const { api, clock } = await startedAi({
            ...travelBot,
            tokenLifetimeSeconds: 60,
            ai: { users, oauthClients },
        });
        const { status, body } = await ask(api.url, form);
        expect(status).toBe(200);
        expect(body).toMatchObject({ token_type: "Bearer", expires_in: 60 });
        const me = () =>
            fetch(`${api.url}/new/v2.0/users/me`, {
                headers: { authorization: `Bearer ${body.access_token}` },
            });
        expect(((await (await me()).json()) as { id: string }).id).toBe("guest@skyline.example");
        await clock.advance(60_000);
        expect((await me()).status).toBe(401);
    });

    test.each([
        [{ client_secret: "wrong" }, 401, "invalid_client"],
        [{ client_id: "nobody" }, 401, "invalid_client"],
        [{ grant_type: "password" }, 400, "unsupported_grant_type"],
    ])("with %j is refused", async (change, status, error) => {
        const { api } = await startedAi({ ...travelBot, ai: { users, oauthClients } });
        expect(await ask(api.url, { ...form, ...change })).toMatchObject({ status, body: { error } });
    });
});

describe("errors", () => {
    test("are problems with the product's own number and a trace id", async () => {
        const { api } = await startedAi();
        const [one, other] = [await api.get("/flows/x?a=1"), await api.get("/flows/x")];
        expect(one.body).toEqual({
            type: "about:blank",
            title: "Bad Request",
            status: 400,
            detail: "flowId must be 24 letters and digits.",
            instance: "/new/v2.0/flows/x",
            code: 1005,
            traceId: expect.stringMatching(/^[a-f0-9-]{36}$/),
            details: {},
        });
        expect(other.body.traceId).not.toBe(one.body.traceId);
    });

    test.each([
        ["GET", "/bots"],
        ["POST", "/flows/x/versions"],
        ["PUT", "/snapshots"],
    ])("%s %s is no call", async (method, path) => {
        const { api } = await startedAi();
        const { body } = await api.send(method, path);
        expect(body).toMatchObject({
            status: 404,
            code: 1002,
            detail: `There is no call ${method} /new/v2.0${path}.`,
        });
    });

    test("a mistake of the emulator's own tells the caller nothing", async () => {
        const { api, emulator } = await startedAi();
        jest.spyOn(emulator.ai, "settle").mockImplementation(() => {
            throw new Error("a bug");
        });
        const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
        expect((await api.get("/projects")).body).toMatchObject({
            status: 500,
            code: 1008,
            detail: "The emulator made a mistake.",
        });
        expect(told).toHaveBeenCalledWith(expect.stringMatching(/^Error: a bug\n/));
        jest.restoreAllMocks();
    });
});

describe("bodies", () => {
    test.each([
        ["{", "application/json", /^The body is not valid JSON/],
        ["x=1", "application/x-www-form-urlencoded", "The body must be sent as application/json"],
    ])("%s is refused", async (body, type, detail) => {
        const { api } = await startedAi();
        const answer = await api.send("POST", "/snapshots", { body, headers: { "content-type": type } });
        expect(answer.body).toMatchObject({ status: 400, detail: expect.stringMatching(detail) });
    });

    test("may have 60 kB", async () => {
        const { api, project } = await startedAi();
        const send = (length: number) =>
            api.post("/snapshots", { projectId: project, name: "x", description: "d".repeat(length) });
        expect((await send(60 * 1024)).body).toMatchObject({ status: 413, code: 413 });
        expect((await send(59 * 1024)).body).toMatchObject({ status: 400, code: 1005 });
    });

    const getWithBody = (url: string) =>
        new Promise<number | undefined>((resolve, reject) => {
            const headers = {
                "x-api-key": demoUser.apiKey,
                "content-type": "application/json",
                "content-length": 2,
            };
            request(`${url}/new/v2.0/projects`, { method: "GET", headers }, (response) => {
                response.resume();
                resolve(response.statusCode);
            })
                .on("error", reject)
                .end("{}");
        });

    test("a GET with one is forbidden, unless told so", async () => {
        const { api, ai } = await startedAi();
        expect(await getWithBody(api.url)).toBe(403);
        await ai.variants({ getBodies: "ignored" });
        expect(await getWithBody(api.url)).toBe(200);
    });
});

describe("the format of answers", () => {
    const accept = (type: string) => ({ headers: { accept: type } });

    test("is HAL when asked for: other places for lists and ids", async () => {
        const { api, project, idOf } = await startedAi();
        const id = await idOf("/snapshots", "v1.0.0");
        const hal = accept("application/hal+json");
        const list = await api.send("GET", `/snapshots?projectId=${project}`, hal);
        expect(list.headers.get("content-type")).toMatch(/^application\/hal\+json/);
        const parsed = JSON.parse(list.body);
        expect(parsed).toMatchObject({
            total: 1,
            next: null,
            previous: null,
            _embedded: {
                snapshots: [
                    {
                        snapshotId: id,
                        name: "v1.0.0",
                        _links: { self: { href: `/new/v2.0/snapshots/${id}` } },
                    },
                ],
            },
        });
        expect(parsed).not.toHaveProperty("items");
        const one = JSON.parse((await api.send("GET", `/snapshots/${id}`, hal)).body);
        expect(one.snapshotId).toBe(id);
        expect(one).not.toHaveProperty("_id");
    });

    test("is JSON for whoever does not say, or HAL when told so", async () => {
        const { api, ai } = await startedAi();
        const typeOf = async (type: string) =>
            (await api.send("GET", "/projects", accept(type))).headers.get("content-type")?.split(";")[0];
        expect(await typeOf("*/*")).toBe("application/json");
        await ai.variants({ defaultMediaType: "hal" });
        expect(await typeOf("*/*")).toBe("application/hal+json");
        expect(await typeOf("application/json")).toBe("application/json");
    });

    test("problems are the same in both", async () => {
        const { api } = await startedAi();
        const { body } = await api.send("GET", "/projects/x", accept("application/hal+json"));
        expect(body).toMatchObject({ status: 400, code: 1005 });
    });
});

describe("the request log", () => {
    test("knows the calls of this contract, without keys", async () => {
        const { api, control, project } = await startedAi();
        await api.get(`/v2.0/projects/${project}?api_key=secret`);
        expect(await control.requests()).toMatchObject([
            {
                method: "GET",
                path: `/v2.0/projects/${project}`,
                query: { api_key: "[redacted]" },
                status: 200,
            },
        ]);
    });

    test("faults befall them, by the path that was sent", async () => {
        const { api, control } = await startedAi();
        await control.addFault({ match: { path: "^/v2.0/" }, fault: { kind: "status", status: 503 } });
        expect((await api.get("/projects")).status).toBe(200);
        expect((await api.get("/v2.0/projects")).status).toBe(503);
    });

    test("a late answer does not hold up the end of the emulator", async () => {
        const { api, control, clock, emulator } = await startedAi();
        await control.addFault({ fault: { kind: "latency", ms: 1e9 } });
        const answer = api.get("/projects").catch((error: Error) => error);
        await clock.untilSleeping();
        await emulator.close();
        expect(await answer).toMatchObject({ message: "fetch failed" });
        expect(clock.sleeping).toBe(0);
    });
});
