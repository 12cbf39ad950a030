import { type StartedAi, startedAi } from "../support/ai-api";
import type { Answer } from "../support/api";

const runMs = 200;

async function requestFor({ named, project }: StartedAi, entrypoint = project) {
    const flow = await named("/flows", "Main");
    const locale = await named("/locales", "en-GB");
    const model = await named(`/largelanguagemodels?projectId=${project}`, "Default model");
    return {
        name: "nightly",
        projectReference: project,
        numberOfExecutions: 2,
        runConfig: {
            entrypoint,
            flowReferenceId: flow.referenceId,
            localeReferenceId: locale.referenceId,
            largeLanguageModelReferenceId: model.referenceId,
            data: {},
            enableMocking: false,
        },
    };
}

async function scenarioOf({ api, project }: StartedAi): Promise<Answer["body"]> {
    return (await api.get(`/testing/simulations?projectId=${project}`)).body.data[0];
}

/** Runs a scenario to its end, and gives the batch. */
async function finished(started: StartedAi, reference: string): Promise<Answer["body"]> {
    const { api, clock } = started;
    const { status, body } = await api.post(
        `/testing/simulations/${reference}/schedule`,
        await requestFor(started),
    );
    expect(status).toBe(201);
    await clock.advance(2 * runMs);
    return (await api.get(`/testing/simulations/${reference}/batches/${body.referenceId}`)).body;
}

describe("scenarios", () => {
    test("are listed in a format of their own", async () => {
        const { api, project } = await startedAi();
        const { body } = await api.get(`/testing/simulations?projectId=${project}`);
        expect(body.pagination).toEqual({
            limit: 20,
            skip: 0,
            total: 1,
            hasNext: false,
            hasPrevious: false,
            next: null,
            previous: null,
        });
        expect(body.data).toMatchObject([
            {
                name: "Book",
                mission: "book a flight",
                successCriteria: [
                    { type: "text", params: { name: "book_flight", text: "I need a plane ticket" } },
                ],
                projectReference: project,
            },
        ]);
        expect(body.data[0]).not.toHaveProperty("_id");
    });

    test("come in pages", async () => {
        const { api, project } = await startedAi();
        const draft = { ...scenario(project), name: "second" };
        await api.post("/testing/simulations", draft);
        const { data, pagination } = (await api.get("/testing/simulations?limit=1&sort=name:desc")).body;
        expect(data).toMatchObject([{ name: "second" }]);
        expect(pagination).toMatchObject({ limit: 1, total: 2, hasNext: true, hasPrevious: false });
        const rest = (await api.get("/testing/simulations?limit=1&skip=1&sort=name:desc")).body;
        expect(rest).toMatchObject({
            data: [{ name: "Book" }],
            pagination: { skip: 1, hasNext: false, hasPrevious: true },
        });
    });

    test("are created, for a project that exists", async () => {
        const { api, project } = await startedAi();
        const { status, body } = await api.post("/testing/simulations", scenario(project));
        expect(status).toBe(201);
        expect(body).toMatchObject({ ...scenario(project), id: expect.any(String) });
        expect((await api.post("/testing/simulations", scenario("a".repeat(24)))).status).toBe(404);
        expect((await api.post("/testing/simulations", { name: "x" })).body).toMatchObject({ code: 1000 });
    });
});

describe("a batch", () => {
    test("runs one conversation after the other", async () => {
        const started = await startedAi();
        const { api, clock, project } = started;
        const { referenceId } = await scenarioOf(started);
        const { body } = await api.post(
            `/testing/simulations/${referenceId}/schedule`,
            await requestFor(started),
        );
        expect(body).toMatchObject({
            name: "nightly",
            simulationReference: referenceId,
            status: "IN_PROGRESS",
            runs: 2,
            completedRuns: 0,
            completedAt: null,
        });
        const path = `/testing/simulations/${referenceId}/batches/${body.referenceId}`;
        await clock.advance(runMs);
        expect((await api.get(path)).body).toMatchObject({ status: "IN_PROGRESS", completedRuns: 1 });
        await clock.advance(runMs);
        expect((await api.get(path)).body).toMatchObject({
            status: "COMPLETED",
            completedRuns: 2,
            failedRuns: 0,
            completedAt: 1767603600,
            batchMetrics: { successRate: 100, runResults: { succeeded: 2, failed: 0 } },
        });
        const lists = [
            `/testing/simulations/${referenceId}/batches?status=COMPLETED`,
            `/testing/simulations/batches?projectId=${project}&sort=createdAt:desc`,
        ];
        for (const list of lists) {
            expect((await api.get(list)).body.data).toMatchObject([{ id: body.id }]);
        }
    });

    test("its runs tell turns and criteria", async () => {
        const started = await startedAi();
        const { referenceId } = await scenarioOf(started);
        const batch = await finished(started, referenceId);
        const path = `/testing/simulations/${referenceId}/batches/${batch.referenceId}/runs`;
        const { data } = (await started.api.get(path)).body;
        expect(data).toHaveLength(2);
        expect(data[0]).toMatchObject({
            turns: [
                { inputText: "book a flight", outputText: "Hello! What can I do for you?" },
                { inputText: "book a flight", outputText: "From where?" },
            ],
            totalTurns: 2,
            metrics: {
                success: true,
                results: [{ name: "book_flight", success: true }],
                successRate: { percentage: 100, numerator: 1, denominator: 1 },
                errorInfo: null,
            },
            duration: runMs,
        });
        expect((await started.api.get(`${path}/${data[0].referenceId}`)).body).toEqual(data[0]);
        expect((await started.api.get(`${path}/none`)).status).toBe(404);
    });

    test("completed does not mean passed", async () => {
        const started = await startedAi();
        const { body } = await started.api.post("/testing/simulations", {
            ...scenario(started.project),
            mission: "book a flight",
            successCriteria: [{ type: "text", params: { name: "cancelled", text: "cancel my trip" } }],
        });
        expect(await finished(started, body.referenceId)).toMatchObject({
            status: "COMPLETED",
            batchMetrics: { successRate: 0, runResults: { succeeded: 0, failed: 2 } },
        });
    });

    test("misses its criteria when told so, and takes as long as told", async () => {
        const started = await startedAi();
        await started.ai.simulator({ fail: ["Book"], runMs: 0 });
        const { referenceId } = await scenarioOf(started);
        expect(await finished(started, referenceId)).toMatchObject({
            status: "COMPLETED",
            batchMetrics: { successRate: 0 },
        });
        await started.ai.simulator({ fail: [] });
        expect((await finished(started, referenceId)).batchMetrics.successRate).toBe(100);
    });

    test("fails without a language model that can be reached", async () => {
        const started = await startedAi();
        await started.ai.breakCredentials("Travel/Default model", "Out of credit.");
        const { referenceId } = await scenarioOf(started);
        const batch = await finished(started, referenceId);
        expect(batch).toMatchObject({ status: "FAILED", failedRuns: 2 });
        const { data } = (
            await started.api.get(`/testing/simulations/${referenceId}/batches/${batch.id}/runs`)
        ).body;
        expect(data[0].metrics).toMatchObject({ success: false, errorInfo: { message: "Out of credit." } });
    });

    test("runs on a snapshot, or on projects only", async () => {
        const started = await startedAi();
        const { api, ai, idOf } = started;
        const { referenceId } = await scenarioOf(started);
        const request = await requestFor(started, await idOf("/snapshots", "v1.0.0"));
        const path = `/testing/simulations/${referenceId}/schedule`;
        expect((await api.post(path, request)).status).toBe(201);
        await ai.variants({ simulationEntrypoint: "project", simulationScheduleAnswer: "empty" });
        expect((await api.post(path, request)).body).toMatchObject({ status: 400, code: 1005 });
        expect((await api.post(path, await requestFor(started))).body).toEqual({});
    });

    test("needs a scenario, a flow and a batch that exist", async () => {
        const started = await startedAi();
        const { api } = started;
        const request = await requestFor(started);
        const { referenceId } = await scenarioOf(started);
        expect((await api.post("/testing/simulations/none/schedule", request)).status).toBe(404);
        const lost = { ...request, runConfig: { ...request.runConfig, flowReferenceId: "none" } };
        expect((await api.post(`/testing/simulations/${referenceId}/schedule`, lost)).status).toBe(404);
        expect((await api.get(`/testing/simulations/${referenceId}/batches/none`)).status).toBe(404);
        const other = (await api.post("/testing/simulations", scenario(started.project))).body.referenceId;
        const batch = await finished(started, referenceId);
        expect((await api.get(`/testing/simulations/${other}/batches/${batch.id}`)).status).toBe(404);
    });
});

function scenario(projectReference: string) {
    return {
        name: "new",
        persona: "p",
        personaName: "P",
        mission: "m",
        successCriteria: [],
        maxTurns: 3,
        projectReference,
    };
}
