import type { Api } from "../support/api";
import { type DeploySettings, deployBody } from "../support/deploy-body";
import { smallBot } from "../support/small-bot";
import { started } from "../support/started";

const path = "/api/v2/deployments";

function deploy(api: Api, settings?: DeploySettings) {
    return api.post(path, deployBody(settings));
}

async function idOf(api: Api, settings?: DeploySettings): Promise<string> {
    const { status, body } = await deploy(api, settings);
    expect(status).toBe(202);
    return body.deploymentId;
}

async function statusOf(api: Api, deploymentId: string): Promise<string> {
    return (await api.get(`${path}/${deploymentId}/status`)).body.status;
}

async function listed(api: Api, query = "") {
    return (await api.get(`${path}?botId=bot_1${query}`)).body.items;
}

describe("deploying", () => {
    test("is accepted, in progress, then completed", async () => {
        const { api, clock } = await started(smallBot);
        const { status, body } = await deploy(api);
        expect(status).toBe(202);
        expect(body).toEqual({ deploymentId: expect.stringMatching(/^dep_[0-9a-f-]{13}$/) });
        const item = {
            deploymentId: body.deploymentId,
            botId: "bot_1",
            flowId: "flow_1",
            versionTag: "v1.1.0",
            targetEnvironment: "production",
            status: "in_progress",
            createdAt: "2026-01-05T09:00:00.000Z",
            completedAt: null,
        };
        await clock.advance(299);
        expect((await api.get(`${path}/${body.deploymentId}/status`)).body).toEqual(item);
        await clock.advance(1);
        expect((await api.get(`${path}/${body.deploymentId}/status`)).body).toEqual({
            ...item,
            status: "completed",
            completedAt: "2026-01-05T09:00:00.300Z",
        });
    });

    test("a completed deployment is live in its environment, beside the others", async () => {
        const { api, clock, control } = await started(smallBot);
        const deploymentId = await idOf(api, { environment: "staging" });
        await clock.advance(300);
        expect((await control.state()).live).toEqual([
            {
                botId: "bot_1",
                flowId: "flow_1",
                targetEnvironment: "production",
                versionTag: "v1.0.0",
                deploymentId: "dep_old",
                since: "2025-12-01T10:01:00Z",
            },
            {
                botId: "bot_1",
                flowId: "flow_1",
                targetEnvironment: "staging",
                versionTag: "v1.1.0",
                deploymentId,
                since: "2026-01-05T09:00:00.300Z",
            },
        ]);
    });

    test("the tag may go without v, and may be a pre-release with build metadata", async () => {
        const { api } = await started(smallBot);
        await idOf(api, { tag: "2.0.0-RC.1+build.5" });
    });
});

describe("listing", () => {
    test("shows the deployments of one bot, oldest first", async () => {
        const { api, clock } = await started(smallBot);
        await clock.advance(1000);
        await idOf(api);
        await clock.advance(1000);
        await idOf(api, { bot: "bot_2", flow: "flow_3" });
        await idOf(api, { tag: "v1.2.0" });
        const items = await listed(api);
        expect(items.map((item: { versionTag: string }) => item.versionTag)).toEqual([
            "v1.0.0",
            "v1.1.0",
            "v1.2.0",
        ]);
        expect(items[0]).toEqual({
            deploymentId: "dep_old",
            botId: "bot_1",
            flowId: "flow_1",
            versionTag: "v1.0.0",
            targetEnvironment: "production",
            status: "completed",
            createdAt: "2025-12-01T10:00:00.000Z",
            completedAt: "2025-12-01T10:01:00Z",
        });
    });

    test("can be narrowed to a status", async () => {
        const { api } = await started(smallBot);
        const deploymentId = await idOf(api);
        const ids = async (status: string) =>
            (await listed(api, `&status=${status}`)).map(
                (item: { deploymentId: string }) => item.deploymentId,
            );
        expect(await ids("in_progress")).toEqual([deploymentId]);
        expect(await ids("completed")).toEqual(["dep_old"]);
        expect(await ids("failed")).toEqual([]);
    });

    test.each([
        ["", 400, "botId is required."],
        ["?botId=bot_1&flowId=flow_1", 400, "flowId is not a query parameter of this call: botId, status."],
        [
            "?botId=bot_1&status=running",
            400,
            "status must be one of in_progress, completed, failed, rolled_back.",
        ],
        ["?botId=bot_9", 404, 'The bot "bot_9" does not exist.'],
    ])("%s is refused", async (query, status, message) => {
        const { api } = await started(smallBot);
        expect(await api.get(path + query)).toMatchObject({ status, body: { message } });
    });

    test("deployments in the data are sorted, and may be in progress", async () => {
        const past = (deploymentId: string, createdAt: string, status: "in_progress" | "failed") => ({
            deploymentId,
            flowId: "f",
            versionTag: "v1.0.0",
            targetEnvironment: "test",
            createdAt,
            status,
        });
        const { api, clock } = await started({
            deploymentMs: 50,
            bots: [
                {
                    id: "b",
                    flows: [{ id: "f" }],
                    deployments: [
                        past("late", "2025-06-02T00:00:00Z", "in_progress"),
                        past("early", "2025-06-01T00:00:00Z", "failed"),
                    ],
                },
            ],
        });
        const items = async () => (await api.get(`${path}?botId=b`)).body.items;
        expect((await items()).map((item: { deploymentId: string }) => item.deploymentId)).toEqual([
            "early",
            "late",
        ]);
        expect((await items())[1]).toMatchObject({ status: "in_progress", completedAt: null });
        await clock.advance(50);
        expect((await items())[1]).toMatchObject({ status: "completed" });
    });
});

describe("conflicts", () => {
    test("one deployment per bot at a time", async () => {
        const { api, clock } = await started(smallBot);
        const deploymentId = await idOf(api);
        const { status, body } = await deploy(api, { flow: "flow_2", environment: "staging" });
        expect(status).toBe(409);
        expect(body).toEqual({
            error: "deployment_in_progress",
            message: `The deployment "${deploymentId}" (v1.1.0) of bot "bot_1" is in progress.`,
            deploymentId,
        });
        await idOf(api, { bot: "bot_2", flow: "flow_3" });
        await clock.advance(300);
        await idOf(api, { flow: "flow_2", environment: "staging" });
    });

    test("a busy bot is told before a taken tag", async () => {
        const { api } = await started(smallBot);
        await idOf(api);
        expect((await deploy(api)).body.error).toBe("deployment_in_progress");
    });

    test("a tag is taken per flow and environment", async () => {
        const { api, clock } = await started(smallBot);
        const { status, body } = await deploy(api, { tag: "v1.0.0" });
        expect(status).toBe(409);
        expect(body).toEqual({
            error: "version_tag_exists",
            message:
                'The version tag v1.0.0 of flow "flow_1" in production is taken by deployment "dep_old" (completed).',
            deploymentId: "dep_old",
        });
        await idOf(api, { tag: "v1.0.0", environment: "staging" });
        await clock.advance(300);
        await idOf(api, { tag: "v1.0.0", flow: "flow_2" });
        await idOf(api, { tag: "v1.0.0", bot: "bot_2", flow: "flow_3" });
    });

    test("a rolled back deployment keeps its tag", async () => {
        const { api, control } = await started(smallBot);
        await control.rollbackByHand("dep_old");
        expect((await deploy(api, { tag: "v1.0.0" })).body.error).toBe("version_tag_exists");
    });

    test("a failed deployment frees its tag", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ outcome: "failed" });
        await idOf(api);
        await clock.advance(300);
        await idOf(api);
    });
});

describe("refused bodies", () => {
    const { snapshot, deployment_config, metadata } = deployBody();

    test.each<[object, string]>([
        [{ deployment_config, metadata }, "snapshot is required."],
        [{ snapshot, metadata }, "deployment_config is required."],
        [{ snapshot, deployment_config }, "metadata is required."],
        ...Object.keys(snapshot).map((field): [object, string] => [
            { snapshot: { ...snapshot, [field]: undefined }, deployment_config, metadata },
            `snapshot.${field} is required.`,
        ]),
        ...Object.keys(deployment_config).map((field): [object, string] => [
            { snapshot, deployment_config: { ...deployment_config, [field]: undefined }, metadata },
            `deployment_config.${field} is required.`,
        ]),
        ...Object.keys(metadata).map((field): [object, string] => [
            { snapshot, deployment_config, metadata: { ...metadata, [field]: undefined } },
            `metadata.${field} is required.`,
        ]),
        [{ snapshot, deployment_config, metadata, force: true }, "force is not a known property."],
        [
            { snapshot: { ...snapshot, nodes: [] }, deployment_config, metadata },
            "snapshot.nodes is not a known property.",
        ],
        [
            { snapshot: { ...snapshot, nodes_count: 1.5 }, deployment_config, metadata },
            "snapshot.nodes_count must be of type integer.",
        ],
        [
            { snapshot: { ...snapshot, nodes_count: "5" }, deployment_config, metadata },
            "snapshot.nodes_count must be of type integer.",
        ],
        [
            { snapshot: { ...snapshot, nodes_count: -1 }, deployment_config, metadata },
            "snapshot.nodes_count must be >= 0.",
        ],
        [
            { snapshot: { ...snapshot, last_modified: "yesterday" }, deployment_config, metadata },
            "snapshot.last_modified must be an ISO 8601 date and time with a zone, such as 2026-01-02T03:04:05Z.",
        ],
        [
            { snapshot, deployment_config: { ...deployment_config, strategy: "yolo" }, metadata },
            "deployment_config.strategy must be one of rolling, blue_green, canary, all_at_once.",
        ],
        [
            {
                snapshot,
                deployment_config: { ...deployment_config, health_check_interval_seconds: 0 },
                metadata,
            },
            "deployment_config.health_check_interval_seconds must be > 0.",
        ],
        [
            { snapshot, deployment_config: { ...deployment_config, rollback_on_failure: "true" }, metadata },
            "deployment_config.rollback_on_failure must be of type boolean.",
        ],
        [
            { snapshot, deployment_config, metadata: { ...metadata, version_tag: "v1.1.1" } },
            'metadata.version_tag is "v1.1.1", but snapshot.version_tag is "v1.1.0".',
        ],
        [
            { snapshot, deployment_config, metadata: { ...metadata, changelog: "Other." } },
            'metadata.changelog is "Other.", but snapshot.changelog is "Better pizza.".',
        ],
        [
            {
                snapshot,
                deployment_config: { ...deployment_config, target_environment: "staging" },
                metadata,
            },
            'deployment_config.target_environment is "staging", but snapshot.target_environment is "production".',
        ],
    ])("%j", async (body, message) => {
        const { api } = await started(smallBot);
        const answer = await api.post(path, body);
        expect(answer.status).toBe(400);
        expect(answer.body).toEqual({ error: "bad_request", message });
        expect(await listed(api)).toHaveLength(1);
    });

    test.each(["1.2", "v1.2.3.4", "V1.2.3", "v01.2.3", "latest", "v1.2.3-", ""])(
        "the tag %j",
        async (tag) => {
            const { api } = await started(smallBot);
            const answer = await deploy(api, { tag });
            expect(answer.status).toBe(400);
            expect(answer.body.message).toBe(
                "snapshot.version_tag must be a semantic version with an optional leading v, such as v1.4.2.",
            );
        },
    );

    test.each([
        [{ bot: "bot_9" }, 'The bot "bot_9" does not exist.'],
        [{ flow: "flow_3" }, 'The flow "flow_3" of bot "bot_1" does not exist.'],
    ])("%j is not found", async (settings, message) => {
        const { api } = await started(smallBot);
        expect(await deploy(api, settings)).toMatchObject({
            status: 404,
            body: { error: "not_found", message },
        });
    });

    test.each(["rolling", "blue_green", "canary", "all_at_once"])(
        "the strategy %s is fine",
        async (strategy) => {
            const { api } = await started(smallBot);
            const body = { snapshot, deployment_config: { ...deployment_config, strategy }, metadata };
            expect((await api.post(path, body)).status).toBe(202);
        },
    );
});

describe("scripts", () => {
    test("a failing deployment ends as failed and does not go live", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ outcome: "failed", durationMs: 1000 });
        const deploymentId = await idOf(api);
        await clock.advance(999);
        expect(await statusOf(api, deploymentId)).toBe("in_progress");
        await clock.advance(1);
        expect(await statusOf(api, deploymentId)).toBe("failed");
        expect((await listed(api))[1].completedAt).toBe("2026-01-05T09:00:01.000Z");
        expect((await control.state()).live.map((version) => version.versionTag)).toEqual(["v1.0.0"]);
    });

    test("a stuck deployment never ends, but can be rolled back", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ outcome: "stuck" });
        const deploymentId = await idOf(api);
        await clock.advance(3_000_000);
        expect(await statusOf(api, deploymentId)).toBe("in_progress");
        await control.rollbackByHand(deploymentId);
        await idOf(api, { tag: "v1.2.0" });
    });

    test("odd words are told on the way, while the list says in_progress", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ statuses: ["queued", "warming_up", "almost"] });
        const deploymentId = await idOf(api);
        const words = [];
        for (let passed = 0; passed <= 300; passed += 100) {
            words.push(await statusOf(api, deploymentId));
            await clock.advance(passed < 300 ? 100 : 0);
        }
        expect(words).toEqual(["queued", "warming_up", "almost", "completed"]);
    });

    test("the last odd word of a stuck deployment stays", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ statuses: ["queued", "paused"], outcome: "stuck", durationMs: 0 });
        const deploymentId = await idOf(api);
        await clock.advance(5000);
        expect(await statusOf(api, deploymentId)).toBe("paused");
        expect((await listed(api, "&status=in_progress"))[0].status).toBe("in_progress");
    });

    test("are used up in their order, and not by refused deployments", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ outcome: "failed" }, 2);
        await control.deploymentScript({ durationMs: 10 });
        await deploy(api, { tag: "v1.0.0" });
        const ends = [];
        for (const tag of ["v2.0.0", "v2.0.1", "v2.0.2", "v2.0.3"]) {
            const deploymentId = await idOf(api, { tag });
            await clock.advance(10);
            const early = await statusOf(api, deploymentId);
            await clock.advance(290);
            ends.push([early, await statusOf(api, deploymentId)]);
        }
        expect(ends).toEqual([
            ["in_progress", "failed"],
            ["in_progress", "failed"],
            ["completed", "completed"],
            ["in_progress", "completed"],
        ]);
    });
});

describe("rolling back", () => {
    const reason = { reason: "It made things worse." };

    test("what was live before is live again", async () => {
        const { api, control, clock } = await started(smallBot);
        const deploymentId = await idOf(api);
        await clock.advance(300);
        const { status, body } = await api.post(`${path}/${deploymentId}/rollback`, reason);
        expect(status).toBe(200);
        expect(body).toEqual({ rollbackId: expect.stringMatching(/^rb_[0-9a-f-]{13}$/) });
        expect(await statusOf(api, deploymentId)).toBe("rolled_back");
        const state = await control.state();
        expect(state.live.map((version) => version.versionTag)).toEqual(["v1.0.0"]);
        expect(state.deployments[1]?.rollback).toEqual({
            rollbackId: body.rollbackId,
            reason: reason.reason,
            at: "2026-01-05T09:00:00.300Z",
        });
    });

    test("one in progress is cancelled and never completes", async () => {
        const { api, clock } = await started(smallBot);
        const deploymentId = await idOf(api);
        expect((await api.post(`${path}/${deploymentId}/rollback`, reason)).status).toBe(200);
        await clock.advance(10_000);
        const { body } = await api.get(`${path}/${deploymentId}/status`);
        expect(body).toMatchObject({ status: "rolled_back", completedAt: null });
        await idOf(api, { tag: "v1.2.0" });
    });

    test("an older one may be rolled back: what is live stays", async () => {
        const { api, control, clock } = await started(smallBot);
        await idOf(api);
        await clock.advance(300);
        await api.post(`${path}/dep_old/rollback`, reason);
        expect((await control.state()).live.map((version) => version.versionTag)).toEqual(["v1.1.0"]);
    });

    test("it cannot be done twice", async () => {
        const { api } = await started(smallBot);
        await api.post(`${path}/dep_old/rollback`, reason);
        expect(await api.post(`${path}/dep_old/rollback`, reason)).toMatchObject({
            status: 409,
            body: {
                error: "already_rolled_back",
                message: 'The deployment "dep_old" is already rolled back.',
                deploymentId: "dep_old",
            },
        });
    });

    test("there is nothing to roll back of a failed one", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ outcome: "failed" });
        const deploymentId = await idOf(api);
        await clock.advance(300);
        expect(await api.post(`${path}/${deploymentId}/rollback`, reason)).toMatchObject({
            status: 409,
            body: {
                error: "deployment_failed",
                message: `The deployment "${deploymentId}" has failed: there is nothing to roll back.`,
            },
        });
    });

    test.each([
        [{}, "reason is required."],
        [{ reason: "" }, "reason must not be empty."],
        [{ reason: "  " }, 'reason must match pattern "\\S".'],
        [{ ...reason, force: true }, "force is not a known property."],
    ])("%j is refused", async (body, message) => {
        const { api } = await started(smallBot);
        expect(await api.post(`${path}/dep_old/rollback`, body)).toMatchObject({
            status: 400,
            body: { error: "bad_request", message },
        });
    });

    test("an unknown deployment is not found", async () => {
        const { api } = await started(smallBot);
        const missing = { status: 404, body: { message: 'The deployment "dep_9" does not exist.' } };
        expect(await api.post(`${path}/dep_9/rollback`, reason)).toMatchObject(missing);
        expect(await api.get(`${path}/dep_9/status`)).toMatchObject(missing);
    });
});

describe("by hand", () => {
    const target = { flowId: "flow_1", versionTag: "v1.9.0", targetEnvironment: "production" };

    test("a deployment is live at once", async () => {
        const { control } = await started(smallBot);
        const { deploymentId } = await control.deployByHand("bot_1", target);
        expect((await control.state()).live).toMatchObject([{ deploymentId, versionTag: "v1.9.0" }]);
    });

    test("it may also take its time, and occupies the bot", async () => {
        const { api, control, clock } = await started(smallBot);
        const { deploymentId } = await control.deployByHand("bot_1", { ...target, durationMs: 5000 });
        expect((await deploy(api)).body).toMatchObject({ error: "deployment_in_progress", deploymentId });
        await clock.advance(5000);
        await idOf(api);
    });

    test("it uses up no script", async () => {
        const { api, control, clock } = await started(smallBot);
        await control.deploymentScript({ outcome: "failed" });
        await control.deployByHand("bot_1", target);
        const deploymentId = await idOf(api);
        await clock.advance(300);
        expect(await statusOf(api, deploymentId)).toBe("failed");
    });

    test("the rules hold for it too", async () => {
        const { control } = await started(smallBot);
        await control.deployByHand("bot_1", target);
        await expect(control.deployByHand("bot_1", target)).rejects.toMatchObject({ status: 409 });
    });

    test("a forgotten deployment has never been", async () => {
        const { api, control } = await started(smallBot);
        const deploymentId = await idOf(api);
        await control.forgetDeployment(deploymentId);
        await control.forgetDeployment("dep_old");
        expect(await listed(api)).toEqual([]);
        await idOf(api);
        await expect(control.forgetDeployment("dep_old")).rejects.toMatchObject({ status: 404 });
    });
});
