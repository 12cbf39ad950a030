import { openSnapshot } from "../../src/ai/archive";
import { AiApi, type StartedAi, settleMs, startedAi } from "../support/ai-api";

async function packaged(started: StartedAi): Promise<string> {
    const id = await started.idOf("/snapshots", "v1.0.0");
    await started.api.post(`/snapshots/${id}/package`);
    await started.settle();
    return id;
}

async function linkTo({ api }: StartedAi, id: string): Promise<string> {
    const { status, body } = await api.post(`/snapshots/${id}/downloadlink`);
    expect(status).toBe(200);
    return body.downloadLink;
}

async function wholeFile(started: StartedAi): Promise<Buffer> {
    const id = await packaged(started);
    await started.clock.advance(3 * settleMs);
    return started.api.download(await linkTo(started, id));
}

describe("downloading a snapshot", () => {
    test("too early it is a conflict, then a placeholder, then half of the file, then all of it", async () => {
        const started = await startedAi();
        const { api, clock, emulator } = started;
        const id = await packaged(started);
        expect((await api.post(`/snapshots/${id}/downloadlink`)).body).toMatchObject({
            status: 409,
            code: 1004,
        });
        await clock.advance(settleMs);
        const link = await linkTo(started, id);
        expect(link).toMatch(new RegExp(`^${emulator.url}/new/v2.0/downloads/[a-f0-9]+$`));
        expect((await api.download(link)).toString()).toBe("csnap");
        await clock.advance(settleMs);
        const half = await api.download(await linkTo(started, id));
        expect(() => openSnapshot(half)).toThrow("not a valid snapshot");
        await clock.advance(settleMs);
        const whole = await api.download(await linkTo(started, id));
        expect(half).toEqual(whole.subarray(0, whole.length >> 1));
        expect(openSnapshot(whole)).toMatchObject({ name: "v1.0.0", description: "The first one." });
    });

    test("a link works once", async () => {
        const started = await startedAi();
        const id = await packaged(started);
        await started.clock.advance(3 * settleMs);
        const link = await linkTo(started, id);
        await started.api.download(link);
        await expect(started.api.download(link)).rejects.toThrow("404");
    });

    test("is refused before the file is prepared, and a day after", async () => {
        const started = await startedAi();
        const { api, clock, named } = started;
        const before = await named("/snapshots", "v1.0.0");
        expect((await api.post(`/snapshots/${before._id}/downloadlink`)).status).toBe(409);
        const id = await packaged(started);
        expect(await named("/snapshots", "v1.0.0")).toMatchObject({
            isPackaged: true,
            packageExpiresAt: 1767603600 + 24 * 60 * 60,
        });
        await clock.advance(settleMs);
        const link = await linkTo(started, id);
        await clock.advance(24 * 60 * 60 * 1000);
        expect((await named("/snapshots", "v1.0.0")).isPackaged).toBe(false);
        expect((await api.post(`/snapshots/${id}/downloadlink`)).status).toBe(409);
        await expect(api.download(link)).rejects.toThrow("404");
    });

    test("needs a key only when told so", async () => {
        const started = await startedAi();
        const { ai, api, clock } = started;
        const id = await packaged(started);
        await clock.advance(3 * settleMs);
        await ai.variants({ snapshotLinks: "authenticated" });
        const link = await linkTo(started, id);
        await expect(api.download(link)).rejects.toThrow("401");
        expect((await api.download(link, { "x-api-key": String(api.key) })).length).toBeGreaterThan(100);
    });

    test("the file tells nothing, and is not the same twice", async () => {
        const started = await startedAi();
        const [one, other] = [await wholeFile(started), await wholeFile(started)];
        expect(one.includes("Good day!")).toBe(false);
        expect(one.equals(other)).toBe(false);
    });
});

describe("uploading a snapshot", () => {
    test("into another project it keeps its name, contents and referenceIds", async () => {
        const started = await startedAi();
        const { api, idOf, settle, named } = started;
        const file = await wholeFile(started);
        const other = await idOf("/projects", "Other");
        const { status, body } = await api.upload("/snapshots/upload", other, file);
        expect([status, body.type]).toEqual([202, "uploadSnapshotPackage"]);
        await settle();
        const { items } = (await api.get(`/snapshots?projectId=${other}`)).body;
        expect(items).toMatchObject([{ name: "v1.0.0", description: "The first one." }]);
        expect(items[0].hash).toBe((await named(`/snapshots?projectId=${started.project}`, "v1.0.0")).hash);
        const flow = await named(`/snapshots/${items[0]._id}/resources?resourceType=flow`, "Main");
        expect(flow.referenceId).toBe((await named("/flows", "Main")).referenceId);
    });

    test("or with other referenceIds, when told so", async () => {
        const started = await startedAi();
        const { api, ai, idOf, settle, named } = started;
        await ai.variants({ uploadedReferenceIds: "renewed" });
        const file = await wholeFile(started);
        const other = await idOf("/projects", "Other");
        await api.upload("/snapshots/upload", other, file);
        await settle();
        const id = await idOf(`/snapshots?projectId=${other}`, "v1.0.0");
        const flow = await named(`/snapshots/${id}/resources?resourceType=flow`, "Main");
        expect(flow.referenceId).not.toBe((await named("/flows", "Main")).referenceId);
        // The copy is whole: its endpoint converses along the flow.
        await ai.patchEndpoint("Other/Staging", { entrypoint: id, flowId: flow.referenceId });
        const { URLToken } = await named(`/endpoints?projectId=${other}`, "Staging");
        const said = await api.post(`/endpoint/test/${URLToken}`, {
            userId: "u",
            sessionId: "s",
            text: "hi",
        });
        expect(said.body.text).toBe("Good day! What can I do for you?");
    });

    test("into the same project the name is taken: the task fails", async () => {
        const started = await startedAi();
        await started.api.upload("/snapshots/upload", started.project, await wholeFile(started));
        await started.settle();
        expect((await started.api.get("/tasks")).body.items[0]).toMatchObject({
            status: "error",
            failReason: expect.stringMatching(/^Conflict: /),
        });
    });

    test.each([
        ["a placeholder", Buffer.from("csnap")],
        ["nothing", Buffer.alloc(0)],
    ])("%s fails on the task", async (_what, file) => {
        const { api, project, settle } = await startedAi();
        expect((await api.upload("/snapshots/upload", project, file)).status).toBe(202);
        await settle();
        expect((await api.get("/tasks")).body.items[0].failReason).toBe(
            "The uploaded file is not a valid snapshot.",
        );
    });

    test("what is no upload is refused at once", async () => {
        const { api, project } = await startedAi();
        expect((await api.post("/snapshots/upload", { projectId: project })).body).toMatchObject({
            status: 400,
            code: 1005,
        });
        const form = new FormData();
        form.set("projectId", project);
        const noFile = await api.send("POST", "/snapshots/upload", { body: form });
        expect(noFile.body).toMatchObject({ code: 1000, detail: "file is required." });
        form.delete("projectId");
        form.set("file", new Blob(["x"]), "x");
        const noProject = await api.send("POST", "/snapshots/upload", { body: form });
        expect(noProject.body).toMatchObject({ code: 1000, detail: "projectId is required." });
        const broken = await api.send("POST", "/snapshots/upload", {
            body: "x",
            headers: { "content-type": "multipart/form-data; boundary=b" },
        });
        expect(broken.body).toMatchObject({ status: 400, code: 1005 });
        const nobody = new AiApi(api.url, null);
        expect((await nobody.upload("/snapshots/upload", project, Buffer.from("x"))).status).toBe(401);
    });
});
