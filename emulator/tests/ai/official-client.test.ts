import { demoUser } from "../../src/ai/data/demo-user";
import { type StartedAi, settleMs, startedAi } from "../support/ai-api";
import { type ClientMaker, type OfficialClient, officialClient } from "../support/official-client";

/** A client that we did not write must be satisfied. */
interface StartedClient extends StartedAi {
    readonly client: OfficialClient;
}

const maker = officialClient();

if (typeof maker === "string") {
    test.skip(`the vendor's own client could not be had from the registry: ${maker}`, () => undefined);
} else {
    describe("the vendor's own client", () => satisfied(maker));
}

function satisfied(makeClient: ClientMaker): void {
    async function startedClient(): Promise<StartedClient> {
        const started = await startedAi();
        return { ...started, client: makeClient(started.emulator.url, demoUser.apiKey) };
    }

    /** Takes a snapshot as a release would, and gives its id. */
    async function snapshotted({ client, project, settle }: StartedClient, name: string): Promise<string> {
        const task = await client.createSnapshot({ projectId: project, name, description: "d" });
        expect(task).toMatchObject({ status: "queued", type: "createSnapshot" });
        await settle();
        expect(await client.readTask({ taskId: task._id })).toMatchObject({ status: "done" });
        const { items } = await client.indexSnapshots({ projectId: project, filter: name });
        return items.find((item: { name: string }) => item.name === name)._id;
    }

    test("releases: snapshot, endpoint, and back again", async () => {
        const started = await startedClient();
        const { client, project } = started;
        const snapshotId = await snapshotted(started, "v2");
        expect(await client.readSnapshot({ snapshotId })).toMatchObject({ name: "v2", isPackaged: false });
        const contents = await client.indexResourcesInSnapshot({ snapshotId, resourceType: "flow" });
        const flow = contents.items.find((item: { name: string }) => item.name === "Main");
        const endpoints = await client.indexEndpoints({ projectId: project, sort: { name: "asc" } });
        expect(endpoints.items.map(({ name }: { name: string }) => name)).toEqual(["Production", "Staging"]);
        const endpointId = endpoints.items[0]._id;
        const before = await client.readEndpoint({ endpointId });
        await client.updateEndpoint({ endpointId, entrypoint: snapshotId, flowId: flow.referenceId });
        expect(await client.readEndpoint({ endpointId })).toMatchObject({
            entrypoint: snapshotId,
            URLToken: before.URLToken,
        });
        const { entrypoint, flowId, localeId } = before;
        await client.updateEndpoint({ endpointId, entrypoint, flowId, localeId });
        expect((await client.readEndpoint({ endpointId })).entrypoint).toBe(entrypoint);
    });

    test("packages a snapshot, downloads it, and uploads it to another project", async () => {
        const started = await startedClient();
        const { client, api, clock, settle } = started;
        const snapshotId = await snapshotted(started, "v2");
        await client.packageSnapshot({ snapshotId });
        await settle();
        await expect(client.composeSnapshotDownloadLink({ snapshotId })).rejects.toMatchObject({
            code: 1004,
        });
        await clock.advance(3 * settleMs);
        const { downloadLink } = await client.composeSnapshotDownloadLink({ snapshotId });
        const file = await api.download(downloadLink);
        const projectId = await started.idOf("/projects", "Other");
        const task = await client.uploadSnapshotPackage({ projectId, file, fileName: "v2.csnap" });
        await settle();
        expect(await client.readTask({ taskId: task._id })).toMatchObject({ status: "done" });
        expect((await client.indexSnapshots({ projectId })).items).toMatchObject([{ name: "v2" }]);
        await client.deleteSnapshot({ snapshotId });
        await settle();
        await expect(client.readSnapshot({ snapshotId })).rejects.toMatchObject({ code: 1002 });
    });

    test("runs a playbook on a snapshot", async () => {
        const started = await startedClient();
        const { client, project, clock, settle, named } = started;
        const entrypoint = await snapshotted(started, "v2");
        const { items } = await client.indexPlaybooks({ projectId: project });
        const playbookId = items[0]._id;
        const { referenceId: flowId } = await named("/flows", "Main");
        const { referenceId: localeId } = await named("/locales", "en-GB");
        const task = await client.schedulePlaybook({ playbookId, entrypoint, flowId, localeId });
        await settle();
        const { playbookRunId } = (await client.readTask({ taskId: task._id })).data;
        await expect(client.readPlaybookRun({ playbookId, playbookRunId })).rejects.toMatchObject({
            code: 1002,
        });
        await clock.advance(2 * settleMs);
        expect(await client.readPlaybookRun({ playbookId, playbookRunId })).toMatchObject({
            status: "successful",
            entrypoint,
            stepResults: [{ status: "successful" }, { status: "successful" }],
        });
    });

    test("makes a package, merges it into another project", async () => {
        const { client, api, project, settle, clock, idOf } = await startedClient();
        const resourceIds = [await idOf("/lexicons", "city")];
        const made = await client.createPackage({ projectId: project, name: "p", resourceIds });
        await settle();
        await clock.advance(2 * settleMs);
        const { packageId } = (await client.readTask({ taskId: made._id })).data;
        const { downloadLink } = await client.composePackageDownloadLink({ packageId });
        const file = await api.download(downloadLink, { "x-api-key": demoUser.apiKey });
        const projectId = await idOf("/projects", "Other");
        await client.uploadPackage({ projectId, file, fileName: "p.zip" });
        await settle();
        const uploaded = (await client.indexPackages({ projectId })).items[0]._id;
        const graph = (await api.get(`/projects/${projectId}/graph?packages=true`)).body;
        const [{ _id }] = graph[uploaded].resources;
        await client.mergePackage({ packageId: uploaded, resourceIds: [_id], localeMapping: [] });
        await settle();
        expect((await client.indexLexicons({ projectId })).items).toMatchObject([{ name: "city" }]);
    });

    test("reads flows, trains them, tries a language model", async () => {
        const { client, project, settle } = await startedClient();
        const { items } = await client.indexFlows({ projectId: project, query: { name: "Main" } });
        const flow = { resourceType: "flow", resourceId: items[0]._id };
        const { nodes } = await client.readChart(flow);
        expect((await client.readChartNode({ ...flow, nodeId: nodes[1]._id })).config).toBeDefined();
        expect((await client.indexIntents({ flowId: items[0]._id })).total).toBe(2);
        const task = await client.trainIntents({ flowId: items[0]._id, mode: "full" });
        await settle();
        expect((await client.readTask({ taskId: task._id })).status).toBe("done");
        expect((await client.indexTasks({ projectId: project })).total).toBe(1);
        const models = await client.indexLargeLanguageModels({ projectId: project });
        const model = { largeLanguageModelId: models.items[0]._id };
        expect((await client.testLargeLanguageModel(model)).isCredentialsValid).toBe(true);
        expect((await client.readUserMe()).id).toBe(demoUser.email);
    });

    test("is told its mistakes in its own words", async () => {
        const { client, project } = await startedClient();
        await expect(client.createSnapshot({ projectId: project, name: "v2" })).rejects.toMatchObject({
            code: 1000,
            message: "description is required.",
        });
        await expect(
            makeClient((await startedAi()).emulator.url, "wrong").readUserMe(),
        ).rejects.toMatchObject({ code: 401 });
    });

    test("sends bodies with some GETs, which is forbidden where the hosted product forbids it", async () => {
        const { client, ai, project } = await startedClient();
        await expect(client.graphProject({ projectId: project })).rejects.toMatchObject({ code: 403 });
        await ai.variants({ getBodies: "ignored" });
        expect((await client.graphProject({ projectId: project, dependencies: true }))[project].name).toBe(
            "Travel",
        );
        expect((await client.indexAuditEvents({ projectId: project })).items).toEqual([]);
    });
}
