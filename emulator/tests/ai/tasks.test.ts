import { startedAi } from "../support/ai-api";

const draft = (projectId: string, name = "v2") => ({ projectId, name, description: "" });

describe("a task", () => {
    test("is queued, then active, then done", async () => {
        const { api, clock, project } = await startedAi();
        const { body } = await api.post("/snapshots", draft(project));
        const task = async () => (await api.get(`/tasks/${body._id}?projectId=${project}`)).body;
        expect(await task()).toMatchObject({
            name: "createSnapshot",
            status: "queued",
            currentStep: 0,
            totalStep: 100,
            failReason: "",
            lastRunAt: null,
            lastFinishedAt: null,
        });
        await clock.advance(100);
        expect(await task()).toMatchObject({
            status: "active",
            lastRunAt: "2026-01-05T09:00:00.100Z",
            lastFinishedAt: null,
        });
        await clock.advance(100);
        expect((await task()).currentStep).toBe(50);
        await clock.advance(100);
        expect(await task()).toMatchObject({
            status: "done",
            currentStep: 100,
            lastFinishedAt: "2026-01-05T09:00:00.300Z",
        });
    });

    test("is called otherwise in the answer that starts it", async () => {
        const { api, project } = await startedAi();
        const { body } = await api.post("/snapshots", draft(project));
        expect(Object.keys(body)).toEqual([
            "_id",
            "status",
            "type",
            "parameters",
            "createdAt",
            "lastChangedAt",
        ]);
        const read = (await api.get(`/tasks/${body._id}`)).body;
        expect(read).not.toHaveProperty("type");
        expect(read).not.toHaveProperty("parameters");
    });

    test("that does not exist is not found", async () => {
        const { api } = await startedAi();
        expect((await api.get(`/tasks/${"a".repeat(24)}`)).body).toMatchObject({ status: 404, code: 1002 });
        expect((await api.get("/tasks/x")).body).toMatchObject({ status: 400, code: 1005 });
    });

    test("polling it may fail while it goes on", async () => {
        const { api, control, project, settle, idOf } = await startedAi();
        const { body } = await api.post("/snapshots", draft(project));
        await control.addFault({ match: { path: "/tasks/" }, fault: { kind: "status", status: 502 } });
        expect((await api.get(`/tasks/${body._id}`)).status).toBe(502);
        await settle();
        expect((await api.get(`/tasks/${body._id}`)).body.status).toBe("done");
        expect(await idOf("/snapshots", "v2")).toBeDefined();
    });
});

describe("the list of tasks", () => {
    test("is of a project, the newest first, and can be filtered by status", async () => {
        const { api, ai, project, settle, idOf } = await startedAi();
        await api.post("/snapshots", draft(project, "a"));
        await settle();
        await api.post("/snapshots", draft(project, "b"));
        await api.post("/snapshots", draft(await idOf("/projects", "Other"), "c"));
        const names = async (query: string) =>
            (await api.get(`/tasks?projectId=${project}${query}`)).body.items.map(
                ({ data }: { data: { name: string } }) => data.name,
            );
        expect(await names("")).toEqual(["b", "a"]);
        expect(await names("&status=queued,active")).toEqual(["b"]);
        expect(await names("&name=createSnapshot")).toEqual(["b", "a"]);
        await ai.variants({ taskFilters: "ignored" });
        expect(await names("&status=queued")).toEqual(["b", "a"]);
    });
});

describe("cancelling", () => {
    test("a queued task ends it at once, without effect", async () => {
        const { api, project, settle } = await startedAi();
        const { body } = await api.post("/snapshots", draft(project));
        expect((await api.post(`/tasks/${body._id}/cancel`)).status).toBe(204);
        expect((await api.get(`/tasks/${body._id}`)).body).toMatchObject({
            status: "cancelled",
            lastRunAt: null,
        });
        await settle();
        expect((await api.get("/snapshots?filter=v2")).body.total).toBe(0);
        expect((await api.post(`/tasks/${body._id}/cancel`)).body).toMatchObject({ status: 409, code: 1004 });
    });

    test("an active task takes a moment", async () => {
        const { api, clock, project } = await startedAi();
        const { body } = await api.post("/snapshots", draft(project));
        const status = async () => (await api.get(`/tasks/${body._id}`)).body.status;
        await clock.advance(250);
        await api.post(`/tasks/${body._id}/cancel`);
        expect(await status()).toBe("cancelling");
        await clock.advance(100);
        expect(await status()).toBe("cancelled");
        expect((await api.get("/snapshots?filter=v2")).body.total).toBe(0);
    });
});

describe("scripts", () => {
    test("let the next task of a type fail, in words of their own", async () => {
        const { api, ai, project, settle } = await startedAi();
        await ai.taskScript({ type: "createSnapshot", outcome: "error", failReason: "Disk full." });
        const { body } = await api.post("/snapshots", draft(project));
        await settle();
        expect((await api.get(`/tasks/${body._id}`)).body).toMatchObject({
            status: "error",
            failReason: "Disk full.",
        });
        expect((await api.get("/snapshots?filter=v2")).body.total).toBe(0);
        await api.post("/snapshots", draft(project));
        await settle();
        expect((await api.get("/tasks")).body.items[0].status).toBe("done");
    });

    test("leave tasks of other types alone", async () => {
        const { api, ai, project, settle } = await startedAi();
        await ai.taskScript({ type: "deleteSnapshot", outcome: "error" });
        await api.post("/snapshots", draft(project));
        await settle();
        expect((await api.get("/tasks")).body.items[0].status).toBe("done");
    });

    test("let a task say that it failed though it took effect, or that it is done though it did not", async () => {
        const { api, ai, project, settle } = await startedAi();
        await ai.taskScript({ outcome: "error", takesEffect: true });
        await ai.taskScript({ takesEffect: false });
        await api.post("/snapshots", draft(project, "there"));
        await api.post("/snapshots", draft(project, "not there"));
        await settle();
        const { items } = (await api.get("/tasks")).body;
        expect(items.map(({ status }: { status: string }) => status)).toEqual(["done", "error"]);
        const { items: snapshots } = (await api.get("/snapshots?filter=there")).body;
        expect(snapshots.map(({ name }: { name: string }) => name)).toEqual(["there"]);
    });

    test("let it hang", async () => {
        const { api, ai, clock, project } = await startedAi();
        await ai.taskScript({ outcome: "stuck" });
        const { body } = await api.post("/snapshots", draft(project));
        await clock.advance(1e9);
        const task = (await api.get(`/tasks/${body._id}`)).body;
        expect([task.status, task.currentStep]).toEqual(["active", 0]);
    });

    test("let it take its time, and tell more than it would", async () => {
        const { api, ai, clock, project } = await startedAi();
        await ai.taskScript({ queuedMs: 1000, durationMs: 5000, data: { snapshotId: "s" } }, 2);
        const { body } = await api.post("/snapshots", draft(project));
        const task = async () => (await api.get(`/tasks/${body._id}`)).body;
        await clock.advance(999);
        expect((await task()).status).toBe("queued");
        await clock.advance(5000);
        expect((await task()).status).toBe("active");
        await clock.advance(1);
        expect(await task()).toMatchObject({ status: "done", data: { name: "v2", snapshotId: "s" } });
    });
});
