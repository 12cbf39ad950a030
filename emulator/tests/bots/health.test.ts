import { deployBody } from "../support/deploy-body";
import { smallBot } from "../support/small-bot";
import { started } from "../support/started";

const path = "/api/v2/bots/bot_1/health";

test("a bot is healthy unless said otherwise, and tells what is live", async () => {
    const { api } = await started(smallBot);
    const { status, body } = await api.get(path);
    expect(status).toBe(200);
    expect(body).toEqual({
        healthy: true,
        botId: "bot_1",
        checkedAt: "2026-01-05T09:00:00.000Z",
        checks: {
            liveVersions: [
                {
                    flowId: "flow_1",
                    targetEnvironment: "production",
                    versionTag: "v1.0.0",
                    deploymentId: "dep_old",
                    since: "2025-12-01T10:01:00Z",
                },
            ],
            deploymentInProgress: null,
        },
    });
});

test("a deployment in progress is told", async () => {
    const { api } = await started(smallBot);
    const { deploymentId } = (await api.post("/api/v2/deployments", deployBody())).body;
    expect((await api.get(path)).body.checks.deploymentInProgress).toBe(deploymentId);
});

test("probes use up the sequence; then what comes then", async () => {
    const { api, control } = await started(smallBot);
    // biome-ignore lint/suspicious/noThenProperty: a property of the contract, never a function
    await control.health("bot_1", { sequence: [true, false], then: false });
    const answers = [];
    for (let probe = 0; probe < 4; probe += 1) {
        answers.push((await api.get(path)).body.healthy);
    }
    expect(answers).toEqual([true, false, false, false]);
    expect((await api.get("/api/v2/bots/bot_2/health")).body.healthy).toBe(true);
});

test("after the sequence a bot is healthy unless said otherwise", async () => {
    const { api, control } = await started(smallBot);
    await control.health("bot_1", { sequence: [false] });
    expect((await control.state()).health.bot_1).toMatchObject({ sequence: [false] });
    expect((await api.get(path)).body.healthy).toBe(false);
    expect((await api.get(path)).body.healthy).toBe(true);
});

test("the data may hold a sequence too", async () => {
    const { api } = await started({ bots: [{ id: "bot_1", health: { sequence: [false] } }] });
    expect((await api.get(path)).body.healthy).toBe(false);
});

test("an unknown bot has no health, and gets none", async () => {
    const { api, control } = await started(smallBot);
    const message = 'The bot "bot_9" does not exist.';
    expect(await api.get("/api/v2/bots/bot_9/health")).toMatchObject({ status: 404, body: { message } });
    await expect(control.health("bot_9", { sequence: [] })).rejects.toThrow(message);
});
