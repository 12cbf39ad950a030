import { AiApi, settleMs, startedAi } from "../support/ai-api";
import { travelBot } from "../support/travel-bot";

const draft = (projectId: string) => ({ projectId, name: "v2", description: "" });

test("events tell who did what to what, a moment later", async () => {
    const { api, project, clock, idOf } = await startedAi();
    await api.post("/snapshots", draft(await idOf("/projects", "Other")));
    await api.post("/snapshots", draft(project));
    expect((await api.get(`/auditevents?projectId=${project}`)).body.items).toEqual([]);
    await clock.advance(settleMs);
    const { items } = (await api.get(`/auditevents?projectId=${project}`)).body;
    expect(items).toEqual([
        {
            _id: expect.stringMatching(/^[a-f0-9]{24}$/),
            timestamp: "2026-01-05T09:00:00.000Z",
            type: "action",
            actionType: "createSnapshot",
            user: "demo@skyline.example",
            userReference: expect.stringMatching(/^[a-f0-9]{24}$/),
            chain: [{ elementId: project, elementType: "project" }],
            projectReference: project,
            payload: null,
            expiresAt: "2026-02-04T09:00:00.000Z",
        },
    ]);
    expect((await api.get(`/auditevents/${items[0]._id}`)).body).toEqual(items[0]);
    expect((await api.get(`/auditevents/${project}`)).status).toBe(404);
});

test("every call that changes something leaves one", async () => {
    const { api, project, idOf, settle } = await startedAi();
    const snapshot = await idOf("/snapshots", "v1.0.0");
    const flow = await idOf("/flows", "Main");
    const playbook = await idOf("/playbooks", "Main: intents");
    const endpoint = await idOf(`/endpoints?projectId=${project}`, "Staging");
    const task = (await api.post("/snapshots", draft(project))).body._id;
    await api.post(`/tasks/${task}/cancel`);
    await api.post(`/snapshots/${snapshot}/package`);
    await api.delete(`/snapshots/${snapshot}`);
    await api.upload("/snapshots/upload", project, Buffer.from("x"));
    await api.upload("/packages/upload", project, Buffer.from("x"));
    await api.post("/packages", { projectId: project, name: "p", resourceIds: [] });
    await api.post(`/flows/${flow}/intents/train`);
    await api.post(`/projects/${project}/trainallflows`);
    await api.post(`/playbooks/${playbook}/schedule`, { entrypoint: project, flowId: "x", localeId: "x" });
    await api.post("/playbooks", { projectId: project });
    await api.patch(`/playbooks/${playbook}`, { timeout: 5 });
    const step = (await api.post(`/playbooks/${playbook}/steps`, {})).body._id;
    await api.post(`/playbooks/${playbook}/steps/${step}/asserts`, { type: "assertText", params: {} });
    await api.delete(`/playbooks/${playbook}`);
    await api.patch(`/endpoints/${endpoint}`, { name: "Stage" });
    await settle();
    const { items } = (await api.get("/auditevents?sort=timestamp:desc")).body;
    expect(
        items
            .reverse()
            .map(
                ({
                    type,
                    actionType,
                    chain,
                }: {
                    type: string;
                    actionType?: string;
                    chain: { elementType: string }[];
                }) => [actionType ?? type, chain[0]?.elementType].join(" "),
            ),
    ).toEqual([
        "createSnapshot project",
        "cancelTask task",
        "packageSnapshot snapshot",
        "deleteSnapshot snapshot",
        "uploadSnapshotPackage project",
        "uploadPackage project",
        "createPackage project",
        "trainIntents flow",
        "trainAllProjectFlows project",
        "schedulePlaybook playbook",
        "create playbook",
        "patch playbook",
        "patch playbook",
        "patch playbook",
        "delete playbook",
        "patch endpoint",
    ]);
});

test("they are kept for 30 days", async () => {
    const { api, project, clock } = await startedAi();
    await api.post("/snapshots", draft(project));
    await clock.advance(30 * 24 * 60 * 60 * 1000 - 1);
    expect((await api.get("/auditevents")).body.total).toBe(1);
    await clock.advance(1);
    expect((await api.get("/auditevents")).body.total).toBe(0);
});

test("they may name what was changed in other words", async () => {
    const { api, ai, project, clock } = await startedAi();
    await api.post("/snapshots", draft(project));
    await clock.advance(settleMs);
    await ai.variants({ auditFields: "modifiedResources" });
    const { items } = (await api.get("/auditevents")).body;
    expect(items[0]).toMatchObject({
        id: items[0]._id,
        modifiedResources: [{ resourceId: project, resourceType: "project" }],
    });
    expect(items[0]).not.toHaveProperty("chain");
});

test.each([
    [["admin"], 200],
    [["base_role", "fullSupportUser"], 200],
    [["base_role"], 403],
    [[], 403],
])("the roles %j give %i", async (roles, status) => {
    const users = [{ email: "a@b.example", apiKey: "key", roles }];
    const { api } = await startedAi({ ...travelBot, ai: { users } });
    expect((await new AiApi(api.url, "key").get("/auditevents")).status).toBe(status);
});
