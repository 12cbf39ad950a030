import { startedAi } from "../support/ai-api";

describe("resources", () => {
    test.each([
        ["flows", "Main", { description: "Books flights.", isTrainingOutOfDate: false, attachedFlows: [] }],
        ["locales", "en-GB", { primary: true, nluLanguage: "en-GB" }],
        ["connections", "Flight search", { type: "http_basic", fields: { baseUrl: "https://gds.example" } }],
        ["functions", "fn_clean", {}],
        ["lexicons", "city", {}],
        ["knowledgestores", "FAQ", {}],
        ["largelanguagemodels", "Default model", { provider: "openAI", isDefault: true }],
        ["playbooks", "Main: intents", { abortOnError: false, timeout: 2000 }],
        ["endpoints", "Production", { channel: "rest", active: true, overrideSnapshotConnections: false }],
    ])("%s are listed and read", async (plural, name, fields) => {
        const { api, project, named } = await startedAi();
        const item = await named(`/${plural}?projectId=${project}`, name);
        const { status, body } = await api.get(`/${plural}/${item._id}`);
        expect(status).toBe(200);
        expect(body).toMatchObject({ ...item, ...fields });
        const { _id, createdAt, lastChanged, createdBy, lastChangedBy } = body;
        expect([createdAt, lastChanged].every(Number.isInteger)).toBe(true);
        expect([_id, createdBy, lastChangedBy].every((id) => /^[a-f0-9]{24}$/.test(id))).toBe(true);
    });

    test("are not found by their referenceId, nor as something else", async () => {
        const { api, named } = await startedAi();
        const flow = await named("/flows", "Main");
        expect((await api.get(`/flows/${flow.referenceId}`)).status).toBe(400);
        expect((await api.get(`/connections/${flow._id}`)).body).toMatchObject({ status: 404, code: 1002 });
    });

    test("without a project those of all projects are listed", async () => {
        const { api } = await startedAi();
        const { items } = (await api.get("/flows?sort=name:asc")).body;
        expect(items.map(({ name }: { name: string }) => name)).toEqual(["Main", "Other flow", "Smalltalk"]);
    });

    test("the list of endpoints leaves out where they lead to", async () => {
        const { named } = await startedAi();
        expect(await named("/endpoints", "Production")).not.toHaveProperty("entrypoint");
    });
});

describe("charts", () => {
    test("are steps without config, and relations", async () => {
        const { api, idOf } = await startedAi();
        const flow = await idOf("/flows", "Main");
        const { nodes, relations } = (await api.get(`/flows/${flow}/chart`)).body;
        expect(nodes[1]).toMatchObject({ type: "say", label: "Greeting", extension: "@cognigy/basic-nodes" });
        expect(nodes[0].isEntryPoint).toBe(true);
        expect(nodes.every((node: object) => !("config" in node))).toBe(true);
        const idsByLabel = new Map(
            nodes.map((node: { label: string; _id: string }) => [node.label, node._id]),
        );
        const relationOf = (label: string) =>
            relations.find((relation: { node: string }) => relation.node === idsByLabel.get(label));
        expect(relationOf("Switch")).toMatchObject({
            children: ["Case book", "Case cancel", "Default"].map((label) => idsByLabel.get(label)),
            next: null,
        });
        expect(relationOf("Greeting")).toMatchObject({ children: [], next: idsByLabel.get("Ask") });
    });

    test("a step alone has its config", async () => {
        const { api, idOf } = await startedAi();
        const flow = await idOf("/flows", "Main");
        const { items, total } = (await api.get(`/flows/${flow}/chart/nodes?limit=100`)).body;
        expect(total).toBe(18);
        const ask = items.find(({ label }: { label: string }) => label === "Ask");
        const { body } = await api.get(`/flows/${flow}/chart/nodes/${ask._id}`);
        expect(body).toMatchObject({
            ...ask,
            config: { text: "What can I do for you?" },
            localeReference: await idOf("/locales", "en-GB"),
        });
        expect((await api.get(`/flows/${flow}/chart/nodes/${flow}`)).status).toBe(404);
    });
});

describe("intents", () => {
    test("have sentences", async () => {
        const { api, idOf } = await startedAi();
        const flow = await idOf("/flows", "Main");
        const intent = await idOf(`/flows/${flow}/intents`, "book_flight");
        expect((await api.get(`/flows/${flow}/intents/${intent}`)).body).toMatchObject({
            _id: intent,
            name: "book_flight",
            description: "Book",
            isDisabled: false,
        });
        const { items } = (await api.get(`/flows/${flow}/intents/${intent}/sentences?sort=text:asc`)).body;
        expect(items.map(({ text }: { text: string }) => text)).toEqual([
            "book a flight",
            "I need a plane ticket",
        ]);
        expect((await api.get(`/flows/${flow}/intents/${flow}`)).status).toBe(404);
    });

    test("what is edited is understood when it is trained", async () => {
        const { api, ai, idOf, named, settle, project } = await startedAi();
        const flow = await named(`/flows?projectId=${project}`, "Main");
        const best = async () => {
            const { body } = await api.post(`/projects/${project}/nlu/scores`, {
                flowReferenceId: flow.referenceId,
                localeReferenceId: "any",
                sentence: "drop it",
            });
            return [body[0].name, body[0].score];
        };
        await ai.setSentences("Main", "cancel_trip", ["drop it"]);
        expect((await named("/flows", "Main")).isTrainingOutOfDate).toBe(true);
        expect(await best()).toEqual(["book_flight", 0]);
        const { status, body } = await api.post(`/flows/${flow._id}/intents/train`, { mode: "full" });
        expect([status, body.type]).toEqual([202, "trainIntents"]);
        await settle();
        expect((await named("/flows", "Main")).isTrainingOutOfDate).toBe(false);
        expect(await best()).toEqual(["cancel_trip", 1]);
        await ai.removeIntent("Main", "cancel_trip");
        await api.post(`/projects/${project}/trainallflows`);
        await settle();
        expect(await best()).toEqual(["book_flight", 0]);
        await expect(idOf(`/flows/${flow._id}/intents`, "cancel_trip")).rejects.toThrow("has no");
    });

    test("scores are of a flow that exists", async () => {
        const { api, project } = await startedAi();
        const { status } = await api.post(`/projects/${project}/nlu/scores`, {
            flowReferenceId: "none",
            localeReferenceId: "any",
            sentence: "hello",
        });
        expect(status).toBe(404);
    });
});
