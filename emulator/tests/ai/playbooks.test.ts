import { type StartedAi, settleMs, startedAi } from "../support/ai-api";
import type { Answer } from "../support/api";

const assertOf = (type: string, params: object) => ({ type, params });

async function bindingOf({ named, project }: StartedAi, entrypoint = project) {
    const flow = await named("/flows", "Main");
    const locale = await named("/locales", "en-GB");
    return { entrypoint, flowId: flow.referenceId, localeId: locale.referenceId };
}

/** Runs a playbook to its end. */
async function run(started: StartedAi, playbookId: string, entrypoint?: string): Promise<Answer["body"]> {
    const { api, settle, clock } = started;
    const { body } = await api.post(
        `/playbooks/${playbookId}/schedule`,
        await bindingOf(started, entrypoint),
    );
    await settle();
    await clock.advance(2 * settleMs);
    const { data } = (await api.get(`/tasks/${body._id}`)).body;
    return (await api.get(`/playbooks/${playbookId}/runs/${data.playbookRunId}`)).body;
}

/** Runs a playbook with these steps to its end. */
async function runSteps(started: StartedAi, steps: object[], more: object = {}): Promise<Answer["body"]> {
    const { status, body } = await started.api.post("/playbooks", {
        projectId: started.project,
        name: "mine",
        steps,
        ...more,
    });
    expect(status).toBe(201);
    return run(started, body._id);
}

describe("scheduling a playbook", () => {
    test("the run's id comes with the end of the task, the run later, its result later still", async () => {
        const started = await startedAi();
        const { api, clock, idOf } = started;
        const id = await idOf("/playbooks", "Main: intents");
        const binding = await bindingOf(started);
        const { status, body } = await api.post(`/playbooks/${id}/schedule`, binding);
        expect(status).toBe(202);
        expect(body).toMatchObject({ status: "queued", type: "runPlaybook" });
        const task = async () => (await api.get(`/tasks/${body._id}`)).body;
        await clock.advance(200);
        expect((await task()).data).toEqual({ playbookId: id, ...binding });
        await clock.advance(100);
        const { data } = await task();
        const path = `/playbooks/${id}/runs/${data.playbookRunId}`;
        await clock.advance(settleMs);
        const early = (await api.get(path)).body;
        expect(early).toMatchObject({ _id: data.playbookRunId, ...binding, stepResults: [] });
        expect(early).not.toHaveProperty("status");
        await clock.advance(settleMs);
        const late = (await api.get(path)).body;
        expect([late.status, late.stepResults.length]).toEqual(["successful", 2]);
    });

    test("right after the task is done the run is not found", async () => {
        const started = await startedAi();
        const { api, idOf, settle } = started;
        const id = await idOf("/playbooks", "Main: intents");
        const { body } = await api.post(`/playbooks/${id}/schedule`, await bindingOf(started));
        await settle();
        const { status, data } = (await api.get(`/tasks/${body._id}`)).body;
        expect(status).toBe("done");
        expect((await api.get(`/playbooks/${id}/runs/${data.playbookRunId}`)).body).toMatchObject({
            status: 404,
            code: 1002,
            detail: "The playbook run does not exist.",
        });
        expect((await api.get(`/playbooks/${id}/runs`)).body.total).toBe(0);
    });

    test("how long that lasts can be scripted", async () => {
        const started = await startedAi();
        const { api, ai, idOf, settle } = started;
        await ai.taskScript({ type: "runPlaybook", settleMs: 0 });
        const id = await idOf("/playbooks", "Main: intents");
        await api.post(`/playbooks/${id}/schedule`, await bindingOf(started));
        await settle();
        expect((await api.get(`/playbooks/${id}/runs`)).body.items).toMatchObject([{ status: "successful" }]);
    });

    test("the vendor's client repeats the id in the body: that is no mistake", async () => {
        const started = await startedAi();
        const id = await started.idOf("/playbooks", "Main: intents");
        const body = { playbookId: id, ...(await bindingOf(started)) };
        expect((await started.api.post(`/playbooks/${id}/schedule`, body)).status).toBe(202);
    });

    test("without a flow is refused; with one that the entrypoint has not, the task fails", async () => {
        const started = await startedAi();
        const { api, idOf, settle } = started;
        const id = await idOf("/playbooks", "Main: intents");
        expect((await api.post(`/playbooks/${id}/schedule`, {})).body).toMatchObject({ code: 1000 });
        const binding = { ...(await bindingOf(started)), flowId: "none" };
        await api.post(`/playbooks/${id}/schedule`, binding);
        await settle();
        expect((await api.get("/tasks")).body.items[0]).toMatchObject({
            status: "error",
            failReason: expect.stringMatching(/^The flow "none" was not found/),
        });
    });

    test("ten run at once, the eleventh waits", async () => {
        const started = await startedAi();
        const { api, idOf, clock } = started;
        const id = await idOf("/playbooks", "Main: intents");
        const binding = await bindingOf(started);
        for (let count = 0; count < 11; count += 1) {
            await api.post(`/playbooks/${id}/schedule`, binding);
        }
        const statuses = async () =>
            (await api.get("/tasks")).body.items.map(({ status }: { status: string }) => status);
        await clock.advance(299);
        expect(await statuses()).toEqual(["queued", ...Array(10).fill("active")]);
        await clock.advance(1);
        expect(await statuses()).toEqual(["active", ...Array(10).fill("done")]);
        await clock.advance(200);
        expect((await statuses())[0]).toBe("done");
    });
});

describe("a run", () => {
    test("is of what the entrypoint holds: a snapshot, or the draft", async () => {
        const started = await startedAi();
        const step = {
            text: "hi",
            asserts: [assertOf("assertText", { text: "Good day! What can I do for you?" })],
        };
        const { body } = await started.api.post("/playbooks", {
            projectId: started.project,
            name: "greets",
            steps: [step],
        });
        const snapshot = await started.idOf("/snapshots", "v1.0.0");
        expect((await run(started, body._id, snapshot)).status).toBe("successful");
        expect((await run(started, body._id)).status).toBe("failed");
    });

    test("is one conversation", async () => {
        const says = (text: string, said: string) => ({
            text,
            asserts: [assertOf("assertText", { text: said })],
        });
        const { status } = await runSteps(await startedAi(), [
            says("hello", "Hello! What can I do for you?"),
            says("book a flight", "From where?"),
            says("Rome", "I found a flight."),
        ]);
        expect(status).toBe("successful");
    });

    test.each<[string, object, boolean]>([
        ["assertText", { text: "Hello! What can I do for you?" }, true],
        ["assertText", { text: "Hello! What I can do for you", fuzzy: true }, true],
        ["assertText", { text: "Hello! What I can do for you", fuzzy: false }, false],
        ["assertText", { text: "Goodbye", negate: true }, true],
        ["assertIntent", { intent: "book_flight" }, true],
        ["assertIntent", { intent: "cancel_trip" }, false],
        ["assertIntent", { intent: "cancel_trip", negate: true }, true],
        ["assertSlot", { slot: "city" }, true],
        ["assertSlot", { slot: "date" }, false],
        ["assertState", { state: "default" }, true],
        ["assertState", { state: "other" }, false],
        ["assertContext", { data: {} }, true],
        ["assertContext", { data: { wants: "flight" }, partial: true }, false],
        ["assertData", { data: {}, partial: false }, true],
        ["assertData", { data: { x: 1 }, partial: true }, false],
    ])("%s %j", async (type, params, holds) => {
        const { stepResults } = await runSteps(await startedAi(), [
            { text: "book a flight to Rome", asserts: [assertOf(type, params)] },
        ]);
        expect(stepResults).toMatchObject([
            {
                status: holds ? "successful" : "failed",
                text: "book a flight to Rome",
                timeout: false,
                asserts: [{ type, params, status: holds ? "successful" : "failed" }],
            },
        ]);
        expect(stepResults[0].asserts[0]).toHaveProperty("actual");
        expect(stepResults[0].asserts[0].negate).toBe("negate" in params);
    });

    test("context is judged as far as it is expected, or as a whole", async () => {
        const judge = (params: object) => [
            { text: "hello" },
            { text: "book a flight", asserts: [assertOf("assertContext", params)] },
        ];
        const started = await startedAi();
        const statusOf = async (params: object) => (await runSteps(started, judge(params))).status;
        expect(await statusOf({ data: { wants: "flight" } })).toBe("successful");
        expect(await statusOf({ data: {}, partial: true })).toBe("successful");
        expect(await statusOf({ data: {} })).toBe("failed");
        expect(await statusOf({ data: { wants: "trip" }, partial: true })).toBe("failed");
    });

    test("goes on after a failed step, or is aborted", async () => {
        const steps = [
            { text: "hello", asserts: [assertOf("assertText", { text: "no" })] },
            { text: "book a flight", asserts: [assertOf("assertIntent", { intent: "book_flight" })] },
        ];
        const started = await startedAi();
        const statusesOf = async (abortOnError: boolean) => {
            const { status, stepResults } = await runSteps(started, steps, { abortOnError });
            return [status, ...stepResults.map((step: { status: string }) => step.status)];
        };
        expect(await statusesOf(false)).toEqual(["failed", "failed", "successful"]);
        expect(await statusesOf(true)).toEqual(["failed", "failed"]);
    });

    test("fails on the texts that it is told to", async () => {
        const started = await startedAi();
        const id = await started.idOf("/playbooks", "Main: intents");
        await started.ai.failPlaybookSteps(["book a flight"]);
        const { status, stepResults } = await run(started, id);
        expect([status, ...stepResults.map((step: { status: string }) => step.status)]).toEqual([
            "failed",
            "failed",
            "successful",
        ]);
        await started.ai.failPlaybookSteps([]);
        expect((await run(started, id)).status).toBe("successful");
    });

    test("is listed, and deleted", async () => {
        const started = await startedAi();
        const { api } = started;
        const id = await started.idOf("/playbooks", "Main: intents");
        const { _id } = await run(started, id);
        expect((await api.get(`/playbooks/${id}/runs`)).body.items).toMatchObject([
            { _id, status: "successful" },
        ]);
        expect((await api.delete(`/playbooks/${id}/runs/${_id}`)).status).toBe(204);
        expect((await api.get(`/playbooks/${id}/runs/${_id}`)).status).toBe(404);
    });

    test("belongs to its playbook", async () => {
        const started = await startedAi();
        const { api, project } = started;
        const { _id } = await run(started, await started.idOf("/playbooks", "Main: intents"));
        const other = (await api.post("/playbooks", { projectId: project, name: "other" })).body._id;
        expect((await api.get(`/playbooks/${other}/runs/${_id}`)).status).toBe(404);
    });
});

describe("playbooks", () => {
    const step = { text: "hi", asserts: [assertOf("assertIntent", { intent: "x" })] };

    test("are created, changed and deleted", async () => {
        const { api, project } = await startedAi();
        const { status, body } = await api.post("/playbooks", {
            projectId: project,
            name: "new",
            steps: [step],
        });
        expect(status).toBe(201);
        expect(body).toMatchObject({ name: "new", abortOnError: false, timeout: 2000, steps: [step] });
        const path = `/playbooks/${body._id}`;
        expect((await api.patch(path, { timeout: 500, steps: [] })).status).toBe(204);
        expect((await api.get(path)).body).toMatchObject({ name: "new", timeout: 500, steps: [] });
        expect((await api.delete(path)).status).toBe(204);
        expect((await api.get(path)).status).toBe(404);
    });

    test("may be created without their steps, which come one by one", async () => {
        const { api, ai, project } = await startedAi();
        await ai.variants({ inlinePlaybookSteps: "ignored" });
        const { body } = await api.post("/playbooks", { projectId: project, name: "new", steps: [step] });
        expect(body.steps).toEqual([]);
        const added = await api.post(`/playbooks/${body._id}/steps`, { text: "hi" });
        expect(added).toMatchObject({ status: 201, body: { text: "hi", asserts: [] } });
        const path = `/playbooks/${body._id}/steps/${added.body._id}/asserts`;
        const asserted = await api.post(path, step.asserts[0]);
        expect(asserted).toMatchObject({ status: 201, body: step.asserts[0] });
        expect((await api.get(`/playbooks/${body._id}`)).body.steps).toMatchObject([step]);
        expect((await api.post(`/playbooks/${body._id}/steps/x/asserts`, step.asserts[0])).status).toBe(404);
    });

    test.each([
        [
            { steps: [{ asserts: [{ type: "assertMood", params: {} }] }] },
            /^steps\[0\]\.asserts\[0\]\.type must/,
        ],
        [{ steps: Array(51).fill(step) }, "steps must have at most 50 items."],
        [{ timeout: 0 }, "timeout must be >= 1."],
        [{ owner: "me" }, "owner is not a known property."],
    ])("with %j they are refused", async (change, detail) => {
        const { api, project } = await startedAi();
        const { body } = await api.post("/playbooks", { projectId: project, name: "new", ...change });
        expect(body).toMatchObject({ status: 400, code: 1005, detail: expect.stringMatching(detail) });
    });

    test("are part of snapshots", async () => {
        const { api, project, idOf, settle, emulator } = await startedAi();
        await api.post("/playbooks", { projectId: project, name: "new" });
        await api.post("/snapshots", { projectId: project, name: "v2", description: "" });
        await settle();
        const { resources } = emulator.ai.snapshots.find(await idOf("/snapshots", "v2"));
        expect(resources.filter(({ type }) => type === "playbook").map(({ name }) => name)).toEqual([
            "Main: intents",
            "new",
        ]);
    });
});
