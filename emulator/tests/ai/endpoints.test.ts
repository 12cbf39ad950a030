import { type StartedAi, startedAi } from "../support/ai-api";

async function bindings({ idOf, named, project }: StartedAi) {
    const snapshot = await idOf("/snapshots", "v1.0.0");
    const flow = await named("/flows", "Main");
    const locale = await named("/locales", "en-GB");
    return {
        live: { entrypoint: snapshot, flowId: flow.referenceId, localeId: locale.referenceId },
        draft: { entrypoint: project, flowId: flow.referenceId, localeId: locale.referenceId },
        flow,
    };
}

describe("patching an endpoint", () => {
    test("switches it at once, without a task, and keeps its address", async () => {
        const started = await startedAi();
        const { api, named } = started;
        const { live } = await bindings(started);
        const before = await named(`/endpoints?projectId=${started.project}`, "Staging");
        const { status, body } = await api.patch(`/endpoints/${before._id}`, live);
        expect([status, body]).toEqual([204, ""]);
        expect((await api.get(`/endpoints/${before._id}`)).body).toMatchObject({
            ...live,
            URLToken: before.URLToken,
            lastChanged: 1767603600,
        });
        expect((await api.get("/tasks")).body.total).toBe(0);
    });

    test("leaves out stays as it is", async () => {
        const started = await startedAi();
        const { api, idOf } = started;
        const id = await idOf(`/endpoints?projectId=${started.project}`, "Production");
        const before = (await api.get(`/endpoints/${id}`)).body;
        await api.patch(`/endpoints/${id}`, { overrideSnapshotConnections: true, active: false });
        expect((await api.get(`/endpoints/${id}`)).body).toEqual({
            ...before,
            overrideSnapshotConnections: true,
            active: false,
            lastChanged: 1767603600,
        });
    });

    test("answers with an object when told so", async () => {
        const { api, ai, idOf, project } = await startedAi();
        await ai.variants({ endpointPatchAnswer: "object" });
        const { status, body } = await api.patch(
            `/endpoints/${await idOf(`/endpoints?projectId=${project}`, "Staging")}`,
            { name: "Stage" },
        );
        expect([status, body]).toEqual([200, {}]);
        expect(await idOf("/endpoints", "Stage")).toBeDefined();
    });

    test.each([
        [{ URLToken: "mine" }, "URLToken is not a known property."],
        [{ flowReferenceId: "x" }, "flowReferenceId is not a known property."],
        [{ entrypoint: "v1.0.0" }, /^entrypoint must match pattern/],
        [{ active: "yes" }, "active must be of type boolean."],
    ])("with %j is refused", async (patch, detail) => {
        const { api, idOf, project } = await startedAi();
        const id = await idOf(`/endpoints?projectId=${project}`, "Staging");
        const { body } = await api.patch(`/endpoints/${id}`, patch);
        expect(body).toMatchObject({ status: 400, code: 1005, detail: expect.stringMatching(detail) });
    });

    test("a flow's _id in place of its referenceId is taken, and leads nowhere", async () => {
        const started = await startedAi();
        const { api, named } = started;
        const { flow } = await bindings(started);
        const { _id, URLToken } = await named(`/endpoints?projectId=${started.project}`, "Staging");
        expect((await api.patch(`/endpoints/${_id}`, { flowId: flow._id })).status).toBe(204);
        const said = await api.post(`/endpoint/${URLToken}`, { userId: "u", sessionId: "s", text: "hi" });
        expect(said.status).toBe(404);
    });

    test("what does not exist is refused when that is checked", async () => {
        const started = await startedAi();
        const { api, ai, idOf } = started;
        await ai.variants({ endpointReferences: "checked" });
        const { live, flow } = await bindings(started);
        const id = await idOf(`/endpoints?projectId=${started.project}`, "Staging");
        const detailOf = async (patch: object) => (await api.patch(`/endpoints/${id}`, patch)).body.detail;
        expect(await detailOf({ flowId: flow._id })).toMatch(/^flowId .* is no referenceId of a flow/);
        expect(await detailOf({ localeId: "x" })).toMatch(/^localeId .* is no referenceId of a locale/);
        expect(await detailOf({ entrypoint: "a".repeat(24) })).toMatch(/^entrypoint .* is no snapshot of/);
        expect(await detailOf({ entrypoint: await idOf("/projects", "Other") })).toMatch(/^entrypoint /);
        expect((await api.patch(`/endpoints/${id}`, live)).status).toBe(204);
    });

    test("needs the id of an endpoint", async () => {
        const { api, idOf } = await startedAi();
        const flow = await idOf("/flows", "Main");
        expect((await api.patch(`/endpoints/${flow}`, { name: "x" })).status).toBe(404);
    });
});
