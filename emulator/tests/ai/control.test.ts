import { startedAi } from "../support/ai-api";

describe("the state", () => {
    test("tells snapshots and what leads to them, endpoints and what they lead to, tasks and variants", async () => {
        const { api, ai, project, settle } = await startedAi();
        await api.post("/snapshots", { projectId: project, name: "v2", description: "d" });
        await settle();
        const { projects, variants } = await ai.state();
        expect(projects[0]).toMatchObject({
            _id: project,
            name: "Travel",
            snapshots: [
                { name: "v1.0.0", isPackaged: false, attachedTo: ["Production"] },
                { name: "v2", description: "d", attachedTo: [] },
            ],
            endpoints: [
                { name: "Staging", channel: "rest", active: true, entrypoint: project, snapshot: null },
                {
                    name: "Production",
                    snapshot: "v1.0.0",
                    conversation: { sequence: [], afterwards: "computed" },
                },
            ],
            tasks: [{ type: "createSnapshot", status: "done", failReason: "" }],
        });
        expect(variants).toMatchObject({ getBodies: "refused", defaultLimit: 25, propagationMs: 0 });
    });

    test("goes back to the start with a reset", async () => {
        const { control, ai, api, settle } = await startedAi();
        const before = await ai.state();
        await ai.snapshotByHand("Travel", { name: "v2" });
        await ai.patchEndpoint("Travel/Production", { entrypoint: "v2", active: false });
        await ai.patchNodes("Main", { Greeting: null });
        await ai.setAccess("function", "fn_clean", "missing");
        await ai.variants({ invalidKeyStatus: 500 });
        await ai.quota({ requests: 1, windowSeconds: 1000 });
        await ai.conversation("Travel/Production", { sequence: ["error"] });
        await ai.taskScript({ outcome: "stuck" });
        await control.reset();
        expect(await ai.state()).toEqual(before);
        const { projects } = before;
        await api.post("/snapshots", { projectId: projects[0]?._id, name: "v3", description: "" });
        await settle();
        expect((await api.get("/tasks")).body.items[0].status).toBe("done");
    });
});

describe("doing what others do", () => {
    test("a snapshot is made at once, unless its name is taken", async () => {
        const { api, ai } = await startedAi();
        const { _id } = await ai.snapshotByHand("Travel", { name: "v2", description: "By hand." });
        expect((await api.get(`/snapshots/${_id}`)).body).toMatchObject({
            name: "v2",
            description: "By hand.",
        });
        await expect(ai.snapshotByHand("Travel", { name: "v2" })).rejects.toMatchObject({
            status: 409,
            message: 'Conflict: a snapshot with the name "v2" already exists.',
        });
    });

    test("an endpoint is switched to a snapshot or a project by their names", async () => {
        const { ai, project } = await startedAi();
        const endpoint = async () => (await ai.state()).projects[0]?.endpoints[1];
        await ai.snapshotByHand("Travel", { name: "v2" });
        await ai.patchEndpoint("Travel/Production", { entrypoint: "v2", flowId: "f" });
        expect(await endpoint()).toMatchObject({ snapshot: "v2", flowId: "f" });
        await ai.patchEndpoint("Travel/Production", { entrypoint: "Travel" });
        expect(await endpoint()).toMatchObject({ snapshot: null, entrypoint: project });
        await expect(ai.patchEndpoint("Travel/Production", { entrypoint: "v9" })).rejects.toThrow(
            'There is no project "v9".',
        );
    });

    test("steps are found by their labels, changed and removed", async () => {
        const { api, ai, idOf, clock } = await startedAi();
        await clock.advance(5000);
        await ai.patchNodes("Main", {
            Greeting: { label: "Hi", config: { text: "Ahoy!", mood: "good" } },
            Sorry: null,
            Back: { isDisabled: true },
        });
        const flow = (await api.get(`/flows/${await idOf("/flows", "Main")}`)).body;
        expect(flow.lastChanged).toBe(1767603605);
        const { nodes, relations } = (await api.get(`/flows/${flow._id}/chart`)).body;
        expect(nodes).toHaveLength(17);
        const byLabel = (label: string) => nodes.find((node: { label: string }) => node.label === label);
        expect((await api.get(`/flows/${flow._id}/chart/nodes/${byLabel("Hi")._id}`)).body.config).toEqual({
            text: "Ahoy!",
            mood: "good",
        });
        expect(byLabel("Back").isDisabled).toBe(true);
        const afterDefault = relations.find((it: { node: string }) => it.node === byLabel("Default")._id);
        expect(afterDefault.next).toBe(byLabel("Back")._id);
    });

    test("a branch that is removed is gone from the switch", async () => {
        const { ai, api, named, project } = await startedAi();
        await ai.patchNodes("Main", { "Case cancel": null });
        const { URLToken } = await named(`/endpoints?projectId=${project}`, "Staging");
        const say = async (text: string) =>
            (await api.post(`/endpoint/${URLToken}`, { userId: "u", sessionId: "s", text })).body.text;
        await say("hello");
        expect(await say("cancel my trip")).toBe("Sorry? What can I do for you?");
    });

    test("resources are made missing and forbidden, and come back", async () => {
        const { ai, api, project, idOf } = await startedAi();
        const id = await idOf("/functions", "fn_clean");
        const status = async () => (await api.get(`/functions/${id}`)).status;
        const listed = async () => (await api.get(`/functions?projectId=${project}`)).body.total;
        await ai.setAccess("function", "fn_clean", "missing");
        expect([await status(), await listed()]).toEqual([404, 0]);
        await ai.setAccess("function", "fn_clean", "forbidden");
        expect([await status(), await listed()]).toEqual([403, 0]);
        await ai.setAccess("function", "fn_clean", "ok");
        expect([await status(), await listed()]).toEqual([200, 1]);
    });
});

describe("refused control calls", () => {
    test.each<[string, string, unknown, number, string]>([
        ["PATCH", "variants", { getBodies: "odd" }, 400, "getBodies must be one of refused, ignored."],
        ["PATCH", "variants", { weather: "fine" }, 400, "weather is not a known property."],
        ["PATCH", "variants", { defaultLimit: 101 }, 400, "defaultLimit must be <= 100."],
        ["PUT", "quota", { requests: 1 }, 400, "windowSeconds is required."],
        ["POST", "task-scripts", {}, 400, "script is required."],
        [
            "POST",
            "task-scripts",
            { script: { outcome: "odd" } },
            400,
            "script.outcome must be one of done, error, stuck.",
        ],
        ["POST", "task-scripts", { script: {}, times: 0 }, 400, "times must be >= 1."],
        ["PATCH", "playbooks", {}, 400, "fail is required."],
        ["PATCH", "simulator", { runMs: -1 }, 400, "runMs must be >= 0."],
        [
            "PUT",
            "language-models/none/credentials",
            { problem: "x" },
            404,
            'There is no largeLanguageModel "none".',
        ],
        [
            "PUT",
            "language-models/Default model/credentials",
            { problem: null },
            409,
            'There is more than one largeLanguageModel "Default model": name it by its _id, or as "<project>/Default model".',
        ],
        ["PATCH", "flows/Main/nodes", { Nothing: null }, 404, 'The flow has no step "Nothing".'],
        ["PATCH", "flows/Main/nodes", { Start: { type: "x" } }, 400, "Start.type is not a known property."],
        ["PUT", "flows/Main/intents/none/sentences", [], 404, 'The flow "Main" has no intent "none".'],
        [
            "PUT",
            "resources/planet/Earth",
            { access: "ok" },
            400,
            "type must be one of locale, flow, connection, largeLanguageModel, function, lexicon, knowledgeStore, playbook, endpoint.",
        ],
        [
            "PUT",
            "resources/flow/Main",
            { access: "odd" },
            400,
            "access must be one of ok, missing, forbidden.",
        ],
        ["POST", "projects/None/snapshots", { name: "x" }, 404, 'There is no project "None".'],
        ["DELETE", "snapshots/none", undefined, 404, 'There is no snapshot "none".'],
        [
            "PUT",
            "endpoints/Travel%2FStaging/conversation",
            { sequence: ["odd"] },
            400,
            "sequence[0] must be one of computed, silent, error.",
        ],
        ["PATCH", "endpoints/Travel%2FStaging", { URLToken: "x" }, 400, "URLToken is not a known property."],
    ])("%s %s %j", async (method, path, body, status, message) => {
        const { api } = await startedAi();
        const answer = await api.send(method, `/_control/ai/${path}`, {
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            headers: body === undefined ? {} : { "content-type": "application/json" },
        });
        expect([answer.status, answer.body.message]).toEqual([status, message]);
    });

    test("a label that two steps have is ambiguous", async () => {
        const { ai } = await startedAi();
        await ai.patchNodes("Main", { Sorry: { label: "Offer" } });
        await expect(ai.patchNodes("Main", { Offer: null })).rejects.toMatchObject({ status: 409 });
    });
});
