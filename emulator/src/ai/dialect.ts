import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Dialect } from "../dialect";
import { Refusal } from "../refusal";
import { controlPrefix, refuseUnknownCall } from "../server";
import { pathOf, refuseAboveLimit } from "../traffic";
import { registerAiControl } from "./control/register";
import type { AiPlatform } from "./platform";
import { problem, problemOf } from "./problem";
import { registerAuditRoutes } from "./routes/audit-events";
import { checkBodies } from "./routes/bodies";
import { requireCaller } from "./routes/caller";
import { registerConversationRoutes } from "./routes/conversation";
import { registerDownloadRoute } from "./routes/downloads";
import { registerEndpointRoutes } from "./routes/endpoints";
import { registerFlowRoutes } from "./routes/flows";
import { formatAnswers } from "./routes/format";
import { registerLanguageModelRoutes } from "./routes/language-models";
import { registerPackageRoutes } from "./routes/packages";
import { registerPlaybookRunRoutes } from "./routes/playbook-runs";
import { registerPlaybookRoutes } from "./routes/playbooks";
import { registerProjectRoutes } from "./routes/projects";
import { Reach } from "./routes/reach";
import { registerResourceRoutes } from "./routes/resources";
import { registerSimulationRoutes } from "./routes/simulations";
import { registerSnapshotFileRoutes, registerSnapshotRoutes } from "./routes/snapshots";
import { registerTaskRoutes } from "./routes/tasks";
import { registerOauthRoute } from "./routes/token";
import { registerUserRoutes } from "./routes/users";

/** Where the calls are. */
const apiPrefix = "/new/v2.0";

/** Where the simulator is. */
const simulatorPrefix = "/testing";

/** Where people talk to endpoints; a host of its own on the hosted product. */
export const endpointPrefix = "/endpoint";

const apiRoutes = [
    registerUserRoutes,
    registerProjectRoutes,
    registerResourceRoutes,
    registerFlowRoutes,
    registerSnapshotRoutes,
    registerSnapshotFileRoutes,
    registerTaskRoutes,
    registerPackageRoutes,
    registerEndpointRoutes,
    registerPlaybookRoutes,
    registerPlaybookRunRoutes,
    registerLanguageModelRoutes,
    registerAuditRoutes,
];

/** The Cognigy.AI REST API v2.0 on a platform: its calls, its conversations, and what steers them. */
export function aiDialect(platform: AiPlatform): Dialect {
    const reach = new Reach(platform);
    return {
        paths: ["/new/", "/v2.0/", "/testing/", "/auth/", `${endpointPrefix}/`, `${controlPrefix}/ai/`],
        aliases: { "/v2.0/": `${apiPrefix}/` },
        registerApi(api) {
            api.decorateRequest("aiCaller", null);
            api.register(
                async (calls: FastifyInstance) => {
                    guard(calls, platform);
                    formatAnswers(calls, platform);
                    for (const register of apiRoutes) {
                        register(calls, platform, reach);
                    }
                },
                { prefix: apiPrefix },
            );
            api.register(
                async (calls: FastifyInstance) => {
                    guard(calls, platform);
                    registerSimulationRoutes(calls, platform, reach);
                },
                { prefix: simulatorPrefix },
            );
            api.register(
                async (host: FastifyInstance) => {
                    speak(host, platform);
                    registerConversationRoutes(host, platform);
                },
                { prefix: endpointPrefix },
            );
            api.register(async (open: FastifyInstance) => {
                speak(open, platform);
                registerOauthRoute(open, platform);
                registerDownloadRoute(open, platform);
            });
        },
        registerControl(control) {
            control.register(async (ai: FastifyInstance) => registerAiControl(ai, platform), {
                prefix: "/ai",
            });
        },
        reset() {
            platform.reset();
        },
    };
}

/** What every call of the API goes through. */
function guard(calls: FastifyInstance, platform: AiPlatform): void {
    speak(calls, platform);
    refuseAboveLimit(calls, () => platform.quota.take());
    checkBodies(calls, platform);
    requireCaller(calls, platform);
    calls.setNotFoundHandler(refuseUnknownCall);
}

/** Answers in the words of this contract, on a platform on which all is done that is due. */
function speak(calls: FastifyInstance, platform: AiPlatform): void {
    calls.setErrorHandler(sendProblem);
    calls.addHook("preHandler", (_request, _reply, done) => {
        platform.settle();
        done();
    });
}

function sendProblem(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void {
    if (error instanceof Refusal) {
        const told = problemOf(error.kind, error.code, error.message, pathOf(request));
        reply.code(told.status).send(told);
        return;
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
        reply.code(status).send(problem(status, status, error.message, pathOf(request)));
        return;
    }
    process.stderr.write(`${error.stack ?? error.message}\n`);
    reply.code(500).send(problem(500, 1008, "The emulator made a mistake.", pathOf(request)));
}
