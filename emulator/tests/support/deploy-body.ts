import type { DeployBody } from "../../src/bots/routes/deploy-body";

/** What may differ from deployment to deployment. */
export interface DeploySettings {
    readonly bot?: string;
    readonly flow?: string;
    readonly tag?: string;
    readonly environment?: string;
}

/** A deploy body in which everything agrees. */
export function deployBody(settings: DeploySettings = {}): DeployBody {
    const { bot = "bot_1", flow = "flow_1", tag = "v1.1.0", environment = "production" } = settings;
    return {
        snapshot: {
            flow_id: flow,
            bot_id: bot,
            version_tag: tag,
            changelog: "Better pizza.",
            target_environment: environment,
            nodes_count: 5,
            last_modified: "2026-01-02T03:04:05Z",
        },
        deployment_config: {
            target_environment: environment,
            strategy: "rolling",
            health_check_interval_seconds: 0.5,
            rollback_on_failure: true,
        },
        metadata: { version_tag: tag, changelog: "Better pizza.", created_by: "tests" },
    };
}
