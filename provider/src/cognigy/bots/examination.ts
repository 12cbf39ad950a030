import type { z } from "zod";
import type { Clock } from "../../clock.js";
import { clockFinding } from "../clock-finding.js";
import { isPlatformError } from "../errors.js";
import { type Examination, type Finding, type Found, inArea } from "../examination.js";
import type { Call, HttpClient } from "../http/client.js";
import { brokenBy, type Tried, tried, withoutStop } from "../tried.js";
import * as answers from "./answers.js";
import type { BotsConnection } from "./connection.js";
import { path } from "./path.js";

/** Nothing has this id: whether a call is allowed shows by what it is answered with, though there is nothing to read. */
const NOTHING = "cognigy-release-doctor";
const MB = 1024 * 1024;

/** Looks at a tenant that speaks the bots API. */
export class BotsExamination implements Examination {
    readonly api = "bots";
    readonly address: string;

    constructor(
        private readonly connection: BotsConnection,
        private readonly http: HttpClient,
        private readonly clock: Clock,
    ) {
        this.address = `${connection.origin}${connection.prefix}`;
    }

    async findings(botId?: string): Promise<Finding[]> {
        // What needs no bot needs a token all the same.
        const health = await tried(this.http.find(healthCall(botId ?? NOTHING), answers.health));
        if ("error" in health && isPlatformError(health.error, "unavailable")) {
            throw health.error;
        }
        const credentials = this.credentialsFinding(health);
        if (credentials.verdict !== "ok") {
            return inArea("tenant", [credentials]);
        }
        const tenant = inArea("tenant", [
            credentials,
            await clockFinding(this.http, this.clock, healthCall(botId ?? NOTHING), [403, 404]),
            ...(await this.scopeFindings(botId ?? NOTHING, health)),
        ]);
        return botId === undefined
            ? [...tenant, ...inArea("tenant", [NO_BOT])]
            : [...tenant, ...inArea(`bot ${botId}`, await this.botFindings(botId, health))];
    }

    private credentialsFinding(health: Tried<unknown>): Found {
        const { clientId } = this.connection.sources;
        // A client without the scope has a token all the same.
        const refused =
            "error" in health &&
            (health.error.kind === "unauthorized" || health.error.call.includes("/oauth/token"));
        return refused
            ? brokenBy("credentials", health.error)
            : { check: "credentials", verdict: "ok", found: `the client (${clientId}) gets a token` };
    }

    /** By calls that read: what is not allowed is a 403, whatever it asks for. */
    private async scopeFindings(botId: string, health: Tried<unknown>): Promise<Found[]> {
        const [simulations, deployments, exports] = await Promise.all([
            tried(this.http.status(SIMULATION_CALL, [404])),
            tried(this.http.status(deploymentsCall(botId, "in_progress"), [404])),
            tried(this.http.status(exportCall(botId), [400, 404])),
        ]);
        return [
            scopeFinding("bot:manage", health, "will not work", "Gate 1 and the bake need it."),
            scopeFinding("simulation:run", simulations, "will not work", "Gate 2 needs it."),
            scopeFinding("deployment:execute", deployments, "will not work", "Every release needs it."),
            scopeFinding(
                "export:read",
                exports,
                "warning",
                "Artifacts, and comparisons with what is live, need it.",
            ),
        ];
    }

    private async botFindings(
        botId: string,
        health: Tried<{ healthy: boolean } | undefined>,
    ): Promise<Found[]> {
        const [completed, running] = await Promise.all([
            tried(this.http.find(deploymentsCall(botId, "completed"), answers.deployments)),
            tried(this.http.find(deploymentsCall(botId, "in_progress"), answers.deployments)),
        ]);
        const live = "value" in completed ? (completed.value?.items ?? []) : [];
        return [
            healthFinding(botId, health),
            ...("error" in completed ? [brokenBy("deployments", completed.error)] : []),
            ...(await this.flowFindings(botId, live)),
            ...runningFindings(running),
        ];
    }

    /** This API lists no flows: those are looked at of which something was deployed. */
    private async flowFindings(
        botId: string,
        deployments: readonly { flowId: string; targetEnvironment: string }[],
    ) {
        const flows = [...new Set(deployments.map(({ flowId }) => flowId))];
        return Promise.all(
            flows.map(async (flowId): Promise<Found> => {
                const environments = new Set(
                    deployments.filter((one) => one.flowId === flowId).map((one) => one.targetEnvironment),
                );
                const call = {
                    method: "GET",
                    path: path`/api/v2/bots/${botId}/flows/${flowId}`,
                    needs: "bot:manage",
                    largest: 32 * MB,
                } as const;
                const flow = await tried(this.http.json(call, answers.flow));
                const subject = { kind: "flow", id: flowId };
                return "value" in flow
                    ? {
                          check: "flow",
                          verdict: "ok",
                          subject: { ...subject, ...(flow.value.name ? { name: flow.value.name } : {}) },
                          found: `flow ${flowId}: ${flow.value.nodes.length} nodes, deployed in ${[...environments].join(", ")}`,
                      }
                    : { ...brokenBy("flow", flow.error), subject };
            }),
        );
    }
}

const NO_BOT: Found = {
    check: "bot",
    verdict: "not known",
    found: "what a bot is like: this API lists no bots",
    advice: "Say which one with --bot.",
};

const SIMULATION_CALL = {
    method: "GET",
    path: path`/api/v2/simulations/${NOTHING}/results`,
    needs: "simulation:run",
} as const;

function healthCall(botId: string): Call {
    return { method: "GET", path: path`/api/v2/bots/${botId}/health`, needs: "bot:manage" };
}

function deploymentsCall(botId: string, status: string): Call {
    const query = { botId, status };
    return {
        method: "GET",
        path: "/api/v2/deployments",
        query,
        needs: "deployment:execute",
        largest: 32 * MB,
    };
}

/** Of a version that was never deployed: whole bots are not fetched to see whether that is allowed. */
function exportCall(botId: string): Call {
    const query = { format: "json", versionTag: NOTHING };
    return { method: "GET", path: path`/api/v2/bots/${botId}/export`, query, needs: "export:read" };
}

function scopeFinding(
    scope: string,
    asked: Tried<unknown>,
    refused: Finding["verdict"],
    advice: string,
): Found {
    const check = `scope ${scope}`;
    if ("value" in asked) {
        return { check, verdict: "ok", found: `the client has the scope ${scope}` };
    }
    return asked.error.kind === "forbidden"
        ? {
              check,
              verdict: refused,
              found: `the client lacks the scope ${scope}`,
              advice: `${advice} Grant it on the platform.`,
          }
        : {
              check,
              verdict: "not known",
              found: `whether the client has the scope ${scope}: ${withoutStop(asked.error.message)}`,
          };
}

function healthFinding(botId: string, health: Tried<{ healthy: boolean } | undefined>): Found {
    const check = "health";
    if ("error" in health) {
        return brokenBy(check, health.error);
    }
    if (!health.value) {
        return {
            check,
            verdict: "will not work",
            found: `there is no bot ${botId}`,
            advice: "Check `botId`, and that the address is its tenant's.",
        };
    }
    return health.value.healthy
        ? { check, verdict: "ok", found: "the bot is healthy" }
        : {
              check,
              verdict: "warning",
              found: "the bot is not healthy",
              advice: "A release would be rolled back as long as it is not.",
          };
}

function runningFindings(running: Tried<z.output<typeof answers.deployments> | undefined>): Found[] {
    const items = "value" in running ? (running.value?.items ?? []) : [];
    return items.map(({ deploymentId, versionTag, flowId, targetEnvironment }) => ({
        check: "deployment in progress",
        verdict: "warning",
        found: `deployment ${deploymentId} of ${versionTag} of ${flowId} to ${targetEnvironment} is in progress`,
        advice: "A release waits until it has ended.",
    }));
}
