import { unzipSync } from "fflate";
import { type StartedAi, settleMs, startedAi } from "../support/ai-api";
import type { Answer } from "../support/api";

/** A package of the flow and its locale, uploaded to the other project. */
async function moved(started: StartedAi) {
    const { api, project, idOf, settle, clock } = started;
    const resourceIds = [await idOf("/flows", "Main"), await idOf("/locales", "en-GB")];
    await api.post("/packages", { projectId: project, name: "booking", description: "d", resourceIds });
    await settle();
    await clock.advance(2 * settleMs);
    const { _id } = (await api.get("/packages")).body.items[0];
    const { downloadLink } = (await api.post(`/packages/${_id}/downloadlink`)).body;
    const file = await api.download(downloadLink, { "x-api-key": String(api.key) });
    const other = await idOf("/projects", "Other");
    await api.upload("/packages/upload", other, file);
    await settle();
    const packageId = (await api.get("/tasks")).body.items[0].data.packageId;
    const { [packageId]: content } = (await api.get(`/projects/${other}/graph?packages=true`)).body;
    const inPackage = (name: string) =>
        content.resources.find((it: { name: string }) => it.name === name)._id as string;
    const locale = await idOf(`/locales?projectId=${other}`, "en-US");
    return {
        other,
        packageId,
        flow: inPackage("Main"),
        localeMapping: [{ agentLocaleId: locale, packageLocaleId: inPackage("en-GB") }],
    };
}

async function merge(started: StartedAi, packageId: string, body: object): Promise<Answer["body"]> {
    const { status, body: created } = await started.api.post(`/packages/${packageId}/merge`, body);
    expect(status).toBe(202);
    await started.settle();
    return (await started.api.get(`/tasks/${created._id}`)).body;
}

const flowsOf = async ({ api }: StartedAi, project: string) =>
    (await api.get(`/flows?projectId=${project}&sort=name:asc`)).body.items;

describe("a package", () => {
    test("is made by a task, whose data then tells its id", async () => {
        const { api, project, idOf, settle } = await startedAi();
        const flow = await idOf("/flows", "Main");
        const { status, body } = await api.post("/packages", {
            projectId: project,
            name: "booking",
            resourceIds: [flow],
        });
        expect([status, body.type]).toEqual([202, "createPackageNFS"]);
        expect((await api.get(`/tasks/${body._id}`)).body.data).not.toHaveProperty("packageId");
        await settle();
        const { data } = (await api.get(`/tasks/${body._id}`)).body;
        const { body: read } = await api.get(`/packages/${data.packageId}`);
        expect(read).toMatchObject({
            _id: data.packageId,
            name: "booking",
            description: "",
            createdAt: 1767603600,
        });
        expect((await api.get("/packages?filter=book")).body.items).toEqual([read]);
    });

    test("of what does not exist fails on the task", async () => {
        const { api, project, settle } = await startedAi();
        await api.post("/packages", { projectId: project, name: "p", resourceIds: ["a".repeat(24)] });
        await settle();
        expect((await api.get("/tasks")).body.items[0]).toMatchObject({
            status: "error",
            failReason: `The resource "${"a".repeat(24)}" was not found.`,
        });
    });

    test("without resources or a name is refused", async () => {
        const { api, project } = await startedAi();
        expect((await api.post("/packages", { projectId: project, name: "p" })).body).toMatchObject({
            code: 1000,
            detail: "resourceIds is required.",
        });
        expect((await api.get(`/packages/${"a".repeat(24)}`)).status).toBe(404);
    });

    test("is deleted by a task", async () => {
        const { api, project, settle } = await startedAi();
        await api.post("/packages", { projectId: project, name: "p", resourceIds: [] });
        await settle();
        const { _id } = (await api.get("/packages")).body.items[0];
        expect((await api.delete(`/packages/${_id}`)).body.type).toBe("deletePackage");
        await settle();
        expect((await api.get("/packages")).body.total).toBe(0);
    });

    test("downloaded too early it is empty, then half, then a whole zip; the link needs the key", async () => {
        const { api, ai, project, settle, clock } = await startedAi();
        await api.post("/packages", { projectId: project, name: "p", resourceIds: [] });
        await settle();
        const { _id } = (await api.get("/packages")).body.items[0];
        const link = async () => (await api.post(`/packages/${_id}/downloadlink`)).body.downloadLink;
        const key = { "x-api-key": String(api.key) };
        await expect(api.download(await link())).rejects.toThrow("401");
        expect(await api.download(await link(), key)).toHaveLength(0);
        await clock.advance(settleMs);
        const half = await api.download(await link(), key);
        expect(() => unzipSync(half)).toThrow();
        await clock.advance(settleMs);
        expect(Object.keys(unzipSync(await api.download(await link(), key)))).toEqual(["package.json"]);
        await ai.variants({ packageLinks: "open" });
        expect((await api.download(await link())).length).toBeGreaterThan(half.length);
    });
});

describe("merging a package into another project", () => {
    test("brings its resources, with their referenceIds and in a language of the project", async () => {
        const started = await startedAi();
        const { packageId, flow, localeMapping, other } = await moved(started);
        const task = await merge(started, packageId, { resourceIds: [flow], localeMapping });
        expect(task).toMatchObject({ name: "mergePackage", status: "done" });
        const [main] = await flowsOf(started, other);
        expect(main.referenceId).toBe((await flowsOf(started, started.project))[0].referenceId);
        expect((await started.api.get(`/flows/${main._id}`)).body.localeReference).toBe(
            localeMapping[0]?.agentLocaleId,
        );
    });

    test("a resource that is there already fails the task, and nothing is merged", async () => {
        const started = await startedAi();
        const { packageId, flow, localeMapping, other } = await moved(started);
        const request = { resourceIds: [flow], localeMapping };
        await merge(started, packageId, request);
        const again = await merge(started, packageId, request);
        expect([again.status, again.failReason]).toEqual([
            "error",
            'Identity conflict: the project already has the flow "Main".',
        ]);
        expect(await flowsOf(started, other)).toHaveLength(2);
    });

    test.each(["replace", "merge"])("%s gives it the content of the package", async (strategy) => {
        const started = await startedAi();
        const { packageId, flow, localeMapping, other } = await moved(started);
        await merge(started, packageId, { resourceIds: [flow], localeMapping });
        const [before] = await flowsOf(started, other);
        await started.ai.patchNodes("Other/Main", { Greeting: null });
        const task = await merge(started, packageId, {
            resourceIds: [flow],
            localeMapping,
            strategies: [{ _id: flow, identityConflictStrategy: strategy, mergeStrategy: {} }],
        });
        expect(task.status).toBe("done");
        const [after] = await flowsOf(started, other);
        expect(after._id).toBe(before._id);
        const { nodes } = (await started.api.get(`/flows/${after._id}/chart`)).body;
        expect(nodes).toHaveLength(18);
    });

    test("re-identify puts it beside, under another name", async () => {
        const started = await startedAi();
        const { packageId, flow, localeMapping, other } = await moved(started);
        const strategies = [{ _id: flow, identityConflictStrategy: "re-identify" }];
        const request = { resourceIds: [flow], localeMapping, strategies };
        await merge(started, packageId, request);
        await merge(started, packageId, request);
        await merge(started, packageId, request);
        const flows = await flowsOf(started, other);
        expect(flows.map(({ name }: { name: string }) => name)).toEqual([
            "Main",
            "Main (1)",
            "Main (2)",
            "Other flow",
        ]);
        expect(new Set(flows.map((it: { referenceId: string }) => it.referenceId)).size).toBe(4);
    });

    test("a name that is taken fails the task when it may not be changed", async () => {
        const started = await startedAi();
        const { packageId, flow, localeMapping } = await moved(started);
        const task = await merge(started, packageId, {
            resourceIds: [flow],
            localeMapping,
            strategies: [{ _id: flow, rename: "Other flow", autoRename: false }],
        });
        expect(task.failReason).toBe('Conflict: the project already has a flow "Other flow".');
    });

    test("every locale must be mapped, to one that exists", async () => {
        const started = await startedAi();
        const { packageId, flow, localeMapping } = await moved(started);
        const without = await merge(started, packageId, { resourceIds: [flow], localeMapping: [] });
        expect(without.failReason).toBe('The locale of the flow "Main" is not mapped.');
        const wrong = [{ ...localeMapping[0], agentLocaleId: "a".repeat(24) }];
        const misled = await merge(started, packageId, { resourceIds: [flow], localeMapping: wrong });
        expect(misled.failReason).toBe("The locale mapping names a locale that does not exist.");
    });

    test("what is no package fails on the task", async () => {
        const { api, project, settle } = await startedAi();
        await api.upload("/packages/upload", project, Buffer.from("PK"));
        await settle();
        expect((await api.get("/tasks")).body.items[0].failReason).toBe(
            "The uploaded file is not a valid package.",
        );
    });
});
