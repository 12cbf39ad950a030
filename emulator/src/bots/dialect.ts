import type { FastifyInstance } from "fastify";
import type { Dialect } from "../dialect";
import { refuseUnknownCall } from "../server";
import { registerBotControl } from "./control/bots";
import { registerDeploymentControl } from "./control/deployments";
import { registerSimulationControl } from "./control/simulation";
import { registerStateControl } from "./control/state";
import type { BotsPlatform } from "./platform";
import { requireTokens } from "./routes/authorization";
import { registerDependencyRoutes } from "./routes/dependencies";
import { registerDeploymentRoutes } from "./routes/deployments";
import { registerExportRoute } from "./routes/export";
import { registerFlowRoute } from "./routes/flows";
import { registerHealthRoute } from "./routes/health";
import { registerSimulationRoutes } from "./routes/simulations";
import { registerTokenRoute } from "./routes/token";

/** The bots API on a platform: the calls under `/api/v2`, the token call, and what steers them. */
export function botsDialect(platform: BotsPlatform): Dialect {
    return {
        registerApi(api) {
            registerTokenRoute(api, platform);
            api.register(
                async (bots: FastifyInstance) => {
                    requireTokens(bots, () => platform.tokens);
                    bots.setNotFoundHandler(refuseUnknownCall);
                    registerFlowRoute(bots, platform);
                    registerDependencyRoutes(bots, platform);
                    registerSimulationRoutes(bots, platform);
                    registerDeploymentRoutes(bots, platform);
                    registerHealthRoute(bots, platform);
                    registerExportRoute(bots, platform);
                },
                { prefix: "/api/v2" },
            );
        },
        registerControl(control) {
            registerStateControl(control, platform);
            registerBotControl(control, platform);
            registerSimulationControl(control, platform);
            registerDeploymentControl(control, platform);
        },
        reset() {
            platform.reset();
        },
    };
}
