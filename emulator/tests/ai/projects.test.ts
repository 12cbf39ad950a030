import { startedAi } from "../support/ai-api";

const byName = (resources: { name: string }[]) =>
    Object.fromEntries(resources.map((resource) => [resource.name, resource])) as Record<string, never>;

describe("projects", () => {
    test("are listed, the newest first", async () => {
        const { api } = await startedAi();
        const { items, total } = (await api.get("/projects")).body;
        expect(items.map(({ name }: { name: string }) => name)).toEqual(["Other", "Travel"]);
        expect(total).toBe(2);
    });

    test("are read one by one", async () => {
        const { api, project, idOf } = await startedAi();
        const { status, body } = await api.get(`/projects/${project}`);
        expect(status).toBe(200);
        expect(body).toMatchObject({
            _id: project,
            name: "Travel",
            primaryLocaleReference: await idOf(`/locales?projectId=${project}`, "en-GB"),
            createdAt: 1767225600,
            lastChanged: 1767225600,
        });
    });

    test.each([
        ["x", 400, 1005, "projectId must be 24 letters and digits."],
        ["a".repeat(24), 404, 1002, `The project "${"a".repeat(24)}" does not exist.`],
    ])("%s is refused", async (id, status, code, detail) => {
        const { api } = await startedAi();
        const answer = await api.get(`/projects/${id}`);
        expect(answer.status).toBe(status);
        expect(answer.body).toMatchObject({ status, code, detail, instance: `/new/v2.0/projects/${id}` });
    });

    test("without a locale are read all the same", async () => {
        const { api, ai, project } = await startedAi();
        await ai.setAccess("locale", "en-GB", "missing");
        expect((await api.get(`/projects/${project}`)).body.primaryLocaleReference).toBeNull();
    });

    test("the same calls are there without /new", async () => {
        const { api, project } = await startedAi();
        expect((await api.get(`/v2.0/projects/${project}`)).status).toBe(200);
    });
});

describe("the graph", () => {
    test("tells what the project holds", async () => {
        const { api, project } = await startedAi();
        const { body } = await api.get(`/projects/${project}/graph`);
        expect(Object.keys(body)).toEqual([project]);
        const { type, name, resources } = body[project];
        expect([type, name]).toEqual(["project", "Travel"]);
        expect(resources.map((it: { type: string; name: string }) => `${it.type} ${it.name}`)).toEqual([
            "locale en-GB",
            "connection Language model provider",
            "largeLanguageModel Default model",
            "connection Flight search",
            "connection conn_secret",
            "function fn_clean",
            "lexicon city",
            "knowledgeStore FAQ",
            "flow Main",
            "flow Smalltalk",
            "playbook Main: intents",
            "endpoint Staging",
            "endpoint Production",
        ]);
        expect(resources[0]).not.toHaveProperty("dependencies");
        const { "Main: intents": playbook, Main: flow } = byName(resources);
        expect(playbook).not.toHaveProperty("referenceId");
        expect(flow).toHaveProperty("referenceId");
    });

    test("tells what depends on what, whether that exists or not", async () => {
        const { api, project } = await startedAi();
        const { resources } = (await api.get(`/projects/${project}/graph?dependencies=true`)).body[project];
        const ids = new Map(resources.map((it: { _id: string; name: string }) => [it._id, it.name]));
        const { Main: flow, Production: endpoint } = byName(resources) as unknown as Record<
            string,
            { dependencies: { _id: string; type: string; properties?: { nodeType: string } }[] }
        >;
        expect(
            flow?.dependencies.map(({ _id, type, properties }) => [ids.get(_id), type, properties?.nodeType]),
        ).toEqual([
            ["city", "attachedLexicon", undefined],
            ["Flight search", "flowNode", "httpRequest"],
            [undefined, "flowNode", "httpRequest"],
        ]);
        expect(flow?.dependencies[2]?._id).toMatch(/^[a-f0-9]{24}$/);
        expect(endpoint?.dependencies.map(({ _id, type }) => [ids.get(_id), type])).toEqual([
            ["Main", "endpointFlow"],
        ]);
    });

    test("does not list the connection of a language model, unless told to", async () => {
        const { api, ai, project } = await startedAi();
        const model = async () => {
            const { resources } = (await api.get(`/projects/${project}/graph?dependencies=true`)).body[
                project
            ];
            const { "Default model": found, "Language model provider": connection } = byName(resources);
            return { found, connection } as unknown as Record<
                string,
                { _id: string; referenceId: string; dependencies: object[]; properties: object }
            >;
        };
        const before = await model();
        expect(before.found?.dependencies).toEqual([]);
        expect(before.found?.properties).toMatchObject({ connectionId: before.connection?.referenceId });
        await ai.variants({ llmConnectionInGraph: "listed", llmConnectionId: "_id" });
        const after = await model();
        expect(after.found?.dependencies).toEqual([
            { _id: after.connection?._id, type: "attachedConnection" },
        ]);
        expect(after.found?.properties).toMatchObject({ connectionId: after.connection?._id });
    });

    test("holds snapshots and packages when asked for", async () => {
        const { api, project, settle, idOf } = await startedAi();
        const flow = await idOf("/flows", "Main");
        await api.post("/packages", { projectId: project, name: "p", resourceIds: [flow] });
        await settle();
        const { body } = await api.get(`/projects/${project}/graph?snapshots=true&packages=true`);
        const rest = Object.entries(body).filter(([id]) => id !== project) as [
            string,
            { type: string; name: string; resources: { type: string }[] },
        ][];
        expect(rest.map(([, { type, name }]) => [type, name])).toEqual([
            ["snapshot", "v1.0.0"],
            ["package", "p"],
        ]);
        const inSnapshot = new Set(rest[0]?.[1].resources.map(({ type }) => type));
        expect([...inSnapshot].sort()).toEqual([
            "connection",
            "flow",
            "function",
            "largeLanguageModel",
            "lexicon",
            "locale",
            "playbook",
        ]);
    });
});
