import { bookingDataFile } from "../../src/data/load";
import { startedAi } from "../support/ai-api";

describe("the booking bot as a project", () => {
    test("has a flow with the same steps and intents", async () => {
        const { api, idOf } = await startedAi(bookingDataFile);
        const flow = await idOf("/flows", "Booking");
        const { nodes, relations } = (await api.get(`/flows/${flow}/chart`)).body;
        expect([nodes.length, relations.length]).toEqual([80, 80]);
        const { items } = (await api.get(`/flows/${flow}/intents?sort=name:asc`)).body;
        expect(items.map(({ name }: { name: string }) => name)).toEqual([
            "baggage_allowance",
            "book_flight",
            "cancel_reservation",
            "change_booking",
            "check_flight_status",
            "check_in_online",
            "confirm",
            "decline",
            "loyalty_points",
            "request_refund",
            "select_seat",
            "talk_to_agent",
        ]);
    });

    test("has a version that is live in production, and staging on the draft", async () => {
        const { ai, project } = await startedAi(bookingDataFile);
        const [state] = (await ai.state()).projects;
        expect(state?.name).toBe("Travel assistant");
        expect(state?.snapshots).toMatchObject([{ name: "v1.4.1", attachedTo: ["Production"] }]);
        expect(state?.endpoints).toMatchObject([
            { name: "Staging", snapshot: null, entrypoint: project },
            { name: "Production", snapshot: "v1.4.1" },
        ]);
    });

    test("has a language model that can be reached, and a playbook that passes on the draft", async () => {
        const { api, project, idOf, named, settle, clock } = await startedAi(bookingDataFile);
        const model = await idOf("/largelanguagemodels", "Default model");
        expect((await api.post(`/largelanguagemodels/${model}/test`)).body.isCredentialsValid).toBe(true);
        const playbook = await idOf("/playbooks", "Booking: intents");
        const flow = await named("/flows", "Booking");
        const locale = await named("/locales", "en-GB");
        const scheduled = await api.post(`/playbooks/${playbook}/schedule`, {
            entrypoint: project,
            flowId: flow.referenceId,
            localeId: locale.referenceId,
        });
        await settle();
        const { data } = (await api.get(`/tasks/${scheduled.body._id}`)).body;
        await clock.advance(200);
        const run = (await api.get(`/playbooks/${playbook}/runs/${data.playbookRunId}`)).body;
        expect([run.status, run.stepResults.length]).toEqual(["successful", 12]);
    });

    test("converses along the flow", async () => {
        const { emulator, ai } = await startedAi(bookingDataFile);
        const [state] = (await ai.state()).projects;
        const token = state?.endpoints[0]?.URLToken;
        const say = async (text: string) => {
            const response = await fetch(`${emulator.endpointUrl}/test/${token}`, {
                method: "POST",
                headers: { "content-type": "application/json" },
                body: JSON.stringify({ userId: "u", sessionId: "s", text }),
            });
            return ((await response.json()) as { text: string }).text;
        };
        expect(await say("hello")).toMatch(/welcome to Skyline Travel.* What can I do for you today\?$/);
        expect(await say("cancel my reservation")).toMatch(/^What is the code of the reservation/);
        expect(await say("XK4P2Q")).toMatch(/Shall I cancel it\?$/);
        expect(await say("yes please")).toMatch(/^Your reservation .* is cancelled\./);
    });
});

describe("any bot as a project", () => {
    test("has the same ids every time", async () => {
        const [one, other] = await Promise.all([startedAi(), startedAi()]);
        const path = (project: string) => `/projects/${project}/graph?dependencies=true&snapshots=true`;
        expect((await one.api.get(path(one.project))).body).toEqual(
            (await other.api.get(path(other.project))).body,
        );
    });

    test("holds what the data calls missing nowhere, and lets nobody read what it calls forbidden", async () => {
        const { api, project } = await startedAi();
        const { items } = (await api.get(`/connections?projectId=${project}`)).body;
        expect(items.map(({ name }: { name: string }) => name).sort()).toEqual([
            "Flight search",
            "Language model provider",
        ]);
        const { resources } = (await api.get(`/projects/${project}/graph`)).body[project];
        const secret = resources.find(({ name }: { name: string }) => name === "conn_secret");
        expect((await api.get(`/connections/${secret._id}`)).status).toBe(403);
    });

    test("an intent that the data calls missing belongs to no flow", async () => {
        const { api, idOf } = await startedAi({
            bots: [
                {
                    id: "b",
                    intents: [
                        { id: "here", examples: ["a"] },
                        { id: "gone", examples: ["b"], access: "missing" },
                    ],
                    flows: [{ id: "f" }],
                },
            ],
        });
        const { items } = (await api.get(`/flows/${await idOf("/flows", "f")}/intents`)).body;
        expect(items).toMatchObject([{ name: "here" }]);
    });

    test("jumps name their target by its referenceId", async () => {
        const { api, idOf } = await startedAi();
        const flow = await idOf("/flows", "Main");
        const { nodes } = (await api.get(`/flows/${flow}/chart`)).body;
        const byLabel = (label: string) => nodes.find((node: { label: string }) => node.label === label);
        const { config } = (await api.get(`/flows/${flow}/chart/nodes/${byLabel("Back")._id}`)).body;
        expect(config.flowNode).toMatchObject({ node: byLabel("Ask").referenceId, isGoto: true });
    });

    test("a bot without anything is a project all the same", async () => {
        const { api, project } = await startedAi({ bots: [{ id: "empty" }] });
        expect((await api.get(`/projects/${project}`)).body).toMatchObject({ name: "empty" });
        expect((await api.get("/flows")).body.items).toEqual([]);
        expect((await api.get("/playbooks")).body.items).toEqual([]);
        expect((await api.get("/testing/simulations")).body.data).toEqual([]);
        expect((await api.get("/endpoints")).body.total).toBe(2);
    });

    test("keeps the ten newest versions", async () => {
        const deployments = Array.from({ length: 12 }, (_, index) => ({
            deploymentId: `dep_${index}`,
            flowId: "f",
            versionTag: `v1.${index}.0`,
            targetEnvironment: "production",
            createdAt: `2025-01-${String(index + 10)}T00:00:00Z`,
        }));
        const { ai } = await startedAi({ bots: [{ id: "b", flows: [{ id: "f" }], deployments }] });
        const { snapshots } = (await ai.state()).projects[0] ?? { snapshots: [] };
        expect(snapshots.map(({ name }) => name)).toEqual(deployments.slice(2).map((it) => it.versionTag));
    });

    test("failed deployments have brought no version", async () => {
        const { ai, project } = await startedAi({
            bots: [
                {
                    id: "b",
                    flows: [{ id: "f" }],
                    deployments: [
                        {
                            deploymentId: "d",
                            flowId: "f",
                            versionTag: "v1.0.0",
                            targetEnvironment: "qa",
                            status: "failed",
                        },
                    ],
                },
            ],
        });
        const [state] = (await ai.state()).projects;
        expect(state?.snapshots).toEqual([]);
        expect(state?.endpoints.map(({ name, entrypoint }) => [name, entrypoint])).toEqual([
            ["Staging", project],
            ["Production", project],
        ]);
    });
});
