import { type StartedAi, settleMs, startedAi } from "../support/ai-api";
import type { Answer } from "../support/api";

const draftOf = (project: string, name = "v1.1.0") => ({ projectId: project, name, description: "Better." });

async function create({ api, project, settle }: StartedAi, name?: string): Promise<Answer["body"]> {
    const { body } = await api.post("/snapshots", draftOf(project, name));
    await settle();
    return (await api.get(`/tasks/${body._id}`)).body;
}

describe("creating a snapshot", () => {
    test("starts a task, whose id is not the snapshot's", async () => {
        const { api, project } = await startedAi();
        const { status, body } = await api.post("/snapshots", draftOf(project));
        expect(status).toBe(202);
        expect(body).toEqual({
            _id: expect.stringMatching(/^[a-f0-9]{24}$/),
            status: "queued",
            type: "createSnapshot",
            parameters: draftOf(project),
            createdAt: 1767603600,
            lastChangedAt: 1767603600,
        });
        expect((await api.get(`/snapshots/${body._id}`)).status).toBe(404);
    });

    test("the snapshot is there when the task is done, and found by its name only", async () => {
        const started = await startedAi();
        const { api, clock, project } = started;
        const { body } = await api.post("/snapshots", draftOf(project));
        await clock.advance(299);
        expect((await api.get(`/snapshots?projectId=${project}&filter=v1.1.0`)).body.items).toEqual([]);
        await clock.advance(1);
        const task = (await api.get(`/tasks/${body._id}`)).body;
        expect([task.status, task.data]).toEqual(["done", draftOf(project)]);
        const { items } = (await api.get(`/snapshots?projectId=${project}&filter=v1.1.0`)).body;
        expect(items).toEqual([
            {
                _id: expect.stringMatching(/^[a-f0-9]{24}$/),
                name: "v1.1.0",
                description: "Better.",
                hash: expect.stringMatching(/^[a-f0-9]{64}$/),
                createdAt: 1767603600,
                createdBy: expect.stringMatching(/^[a-f0-9]{24}$/),
                isPackaged: false,
            },
        ]);
        expect(JSON.stringify(task)).not.toContain(items[0]._id);
        expect((await api.get(`/snapshots/${items[0]._id}`)).body).toEqual(items[0]);
    });

    test("a filter matches parts of names: v1.0.0 is found in v1.0.0-rc, too", async () => {
        const started = await startedAi();
        await create(started, "v1.0.0-rc");
        const { items } = (await started.api.get("/snapshots?filter=v1.0.0")).body;
        expect(items.map(({ name }: { name: string }) => name)).toEqual(["v1.0.0-rc", "v1.0.0"]);
    });

    test("it freezes what the draft is at the end of the task", async () => {
        const started = await startedAi();
        const { api, ai, project, settle, named, emulator } = started;
        await api.post("/snapshots", draftOf(project));
        await ai.patchNodes("Main", { Greeting: { config: { text: "Ahoy!" } } });
        await settle();
        await ai.patchNodes("Main", { Greeting: { config: { text: "Too late!" } } });
        const { _id } = await named("/snapshots", "v1.1.0");
        const frozen = JSON.stringify(emulator.ai.snapshots.find(_id).resources);
        expect([frozen.includes("Ahoy!"), frozen.includes("Too late!")]).toEqual([true, false]);
    });

    test.each([
        ["no description", { description: undefined }, 1000, "description is required."],
        ["no name", { name: undefined }, 1000, "name is required."],
        ["no project", { projectId: undefined }, 1000, "projectId is required."],
        ["a name that is too long", { name: "x".repeat(201) }, 1005, /^name must NOT have more than 200/],
        ["a long description", { description: "x".repeat(501) }, 1005, /^description must NOT have more/],
        ["a slash in the name", { name: "a/b" }, 1005, /^name must match pattern/],
        ["a field that there is not", { tag: "v1" }, 1005, "tag is not a known property."],
    ])("%s is refused at once", async (_what, change, code, detail) => {
        const { api, project } = await startedAi();
        const { status, body } = await api.post("/snapshots", { ...draftOf(project), ...change });
        expect(status).toBe(400);
        expect(body).toMatchObject({ code, detail: expect.stringMatching(detail) });
        expect((await api.get("/tasks")).body.total).toBe(0);
    });

    test.each(["\\", "/", ":", "*", "?", '"', "<", ">", "|", "¥"])(
        "%s may not be in a name",
        async (sign) => {
            const { api, project } = await startedAi();
            expect((await api.post("/snapshots", draftOf(project, `a${sign}b`))).status).toBe(400);
        },
    );

    test("a project that does not exist is refused at once", async () => {
        const { api } = await startedAi();
        expect((await api.post("/snapshots", draftOf("a".repeat(24)))).body).toMatchObject({
            status: 404,
            code: 1002,
        });
    });
});

describe("what fails on the task only", () => {
    test("a name that is taken", async () => {
        const started = await startedAi();
        const task = await create(started, "v1.0.0");
        expect(task.status).toBe("error");
        expect(task.failReason).toMatch(/^Conflict: .*"v1.0.0"/);
        expect((await started.api.get("/snapshots")).body.total).toBe(1);
    });

    test("a name that somebody else takes while the task waits", async () => {
        const { api, project, settle } = await startedAi();
        const [one, other] = [
            await api.post("/snapshots", draftOf(project)),
            await api.post("/snapshots", draftOf(project)),
        ];
        await settle();
        const statusOf = async ({ body }: Answer) => (await api.get(`/tasks/${body._id}`)).body.status;
        expect([await statusOf(one), await statusOf(other)]).toEqual(["done", "error"]);
    });

    test("the same name in another project is free", async () => {
        const { api, idOf, settle } = await startedAi();
        const other = await idOf("/projects", "Other");
        await api.post("/snapshots", draftOf(other, "v1.0.0"));
        await settle();
        expect((await api.get("/tasks")).body.items[0].status).toBe("done");
    });

    test("the eleventh snapshot", async () => {
        const started = await startedAi();
        for (let count = 2; count <= 10; count += 1) {
            expect((await create(started, `v${count}`)).status).toBe("done");
        }
        const task = await create(started, "v11");
        expect([task.status, task.failReason]).toEqual([
            "error",
            "Limit of allowed Snapshots (10) is reached.",
        ]);
    });
});

describe("deleting a snapshot", () => {
    test("frees its place at the end of a task", async () => {
        const started = await startedAi();
        await create(started, "v2");
        const { api, idOf, settle } = started;
        const { status, body } = await api.delete(`/snapshots/${await idOf("/snapshots", "v2")}`);
        expect([status, body.type]).toEqual([202, "deleteSnapshot"]);
        await settle();
        expect((await api.get("/snapshots?filter=v2")).body.total).toBe(0);
    });

    test("fails on the task while an endpoint leads to it", async () => {
        const { api, ai, idOf, settle } = await startedAi();
        const id = await idOf("/snapshots", "v1.0.0");
        await api.delete(`/snapshots/${id}`);
        await settle();
        const { items } = (await api.get("/tasks")).body;
        expect(items[0]).toMatchObject({
            status: "error",
            failReason: 'The snapshot "v1.0.0" is attached to an endpoint: "Production".',
        });
        await ai.patchEndpoint("Travel/Production", { entrypoint: "Travel" });
        await api.delete(`/snapshots/${id}`);
        await settle();
        expect((await api.get(`/snapshots/${id}`)).status).toBe(404);
    });

    test("fails on the task when it is gone by then", async () => {
        const started = await startedAi();
        await create(started, "v2");
        const { api, ai, idOf, settle } = started;
        await api.delete(`/snapshots/${await idOf("/snapshots", "v2")}`);
        await ai.forgetSnapshot("v2");
        await settle();
        expect((await api.get("/tasks")).body.items[0].failReason).toBe('The snapshot "v2" was not found.');
    });
});

describe("the contents of a snapshot", () => {
    test("are listed by kind, with the referenceIds of the draft and other ids", async () => {
        const { api, idOf, named } = await startedAi();
        const id = await idOf("/snapshots", "v1.0.0");
        const flow = await named("/flows", "Main");
        const { items } = (await api.get(`/snapshots/${id}/resources?resourceType=flow&sort=name:asc`)).body;
        expect(items[0]).toEqual({
            _id: expect.stringMatching(/^[a-f0-9]{24}$/),
            referenceId: flow.referenceId,
            resourceType: "flow",
            name: "Main",
            createdAt: 1767225600,
            createdBy: flow.createdBy,
        });
        expect(items[0]._id).not.toBe(flow._id);
        const locales = (await api.get(`/snapshots/${id}/resources?resourceType=locale`)).body;
        expect(locales.items[0].name).toBe("en-GB");
    });

    test.each([
        ["", 1000, "resourceType is required."],
        ["?resourceType=endpoint", 1005, /^resourceType must be one of flow, /],
    ])("asked for with %j they are refused", async (query, code, detail) => {
        const { api, idOf } = await startedAi();
        const { body } = await api.get(`/snapshots/${await idOf("/snapshots", "v1.0.0")}/resources${query}`);
        expect(body).toMatchObject({ status: 400, code, detail: expect.stringMatching(detail) });
    });
});

describe("hashes", () => {
    test("tell contents apart, not names", async () => {
        const started = await startedAi();
        await create(started, "a");
        await create(started, "b");
        await started.ai.patchNodes("Main", { Greeting: { config: { text: "Ahoy!" } } });
        await create(started, "c");
        const hashOf = async (name: string) => (await started.named("/snapshots", name)).hash;
        expect(await hashOf("b")).toBe(await hashOf("a"));
        expect(await hashOf("c")).not.toBe(await hashOf("a"));
        await started.ai.variants({ snapshotHash: "unique" });
        await create(started, "d");
        expect(await hashOf("d")).not.toBe(await hashOf("c"));
    });
});

describe("restoring a snapshot", () => {
    test("replaces the draft under new ids, and resets the locale of endpoints", async () => {
        const { api, ai, idOf, named, settle, project } = await startedAi();
        const before = await named("/flows", "Main");
        await ai.patchEndpoint("Travel/Staging", { localeId: "another" });
        const { status, body } = await api.post(`/snapshots/${await idOf("/snapshots", "v1.0.0")}/restore`);
        expect([status, body.type]).toEqual([202, "restoreSnapshot"]);
        await settle();
        const after = await named("/flows", "Main");
        expect(after.referenceId).toBe(before.referenceId);
        expect(after._id).not.toBe(before._id);
        expect((await api.get(`/flows/${before._id}`)).status).toBe(404);
        const { items } = (await api.get(`/flows/${after._id}/chart/nodes?label=Greeting`)).body;
        const greeting = (await api.get(`/flows/${after._id}/chart/nodes/${items[0]._id}`)).body;
        expect(greeting.config.text).toBe("Good day!");
        const locale = await named("/locales", "en-GB");
        expect((await named(`/endpoints?projectId=${project}`, "Staging")).localeId).toBe(locale.referenceId);
        expect(await named("/knowledgestores", "FAQ")).toBeDefined();
    });

    test("with a projectId is refused, or required", async () => {
        const { api, ai, idOf, project } = await startedAi();
        const path = `/snapshots/${await idOf("/snapshots", "v1.0.0")}/restore`;
        expect((await api.post(path, { projectId: project })).body).toMatchObject({ code: 1005 });
        await ai.variants({ restoreProjectId: "required" });
        expect((await api.post(path)).body).toMatchObject({ code: 1000 });
        expect((await api.post(path, { projectId: project })).status).toBe(202);
    });
});

describe("what a task made can be had in steps", () => {
    test("their length can be scripted", async () => {
        const { api, ai, idOf, settle, clock } = await startedAi();
        await ai.taskScript({ type: "packageSnapshot", settleMs: 5000 });
        const id = await idOf("/snapshots", "v1.0.0");
        await api.post(`/snapshots/${id}/package`);
        await settle();
        await clock.advance(4999);
        expect((await api.post(`/snapshots/${id}/downloadlink`)).status).toBe(409);
        await clock.advance(1);
        expect((await api.post(`/snapshots/${id}/downloadlink`)).status).toBe(200);
        expect(settleMs).toBeLessThan(5000);
    });
});
