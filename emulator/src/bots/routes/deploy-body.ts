import { Refusal } from "../../refusal";
import type { DeploymentRequest } from "../deployments";

/** The body of a deployment. Some values stand in it more than once, and must agree. */
export interface DeployBody {
    readonly snapshot: {
        readonly flow_id: string;
        readonly bot_id: string;
        readonly version_tag: string;
        readonly changelog: string;
        readonly target_environment: string;
        readonly nodes_count: number;
        readonly last_modified: string;
    };
    readonly deployment_config: {
        readonly target_environment: string;
        readonly strategy: string;
        readonly health_check_interval_seconds: number;
        readonly rollback_on_failure: boolean;
    };
    readonly metadata: {
        readonly version_tag: string;
        readonly changelog: string;
        readonly created_by: string;
    };
}

const text = { type: "string", minLength: 1 };
const versionTag = { type: "string", format: "version-tag" };

const objectOf = (properties: Readonly<Record<string, object>>) => ({
    type: "object",
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
});

/** Every property is required, and there are no others. */
export const deployBodySchema = objectOf({
    snapshot: objectOf({
        flow_id: text,
        bot_id: text,
        version_tag: versionTag,
        changelog: { type: "string" },
        target_environment: text,
        nodes_count: { type: "integer", minimum: 0 },
        last_modified: { type: "string", format: "date-time" },
    }),
    deployment_config: objectOf({
        target_environment: text,
        strategy: { enum: ["rolling", "blue_green", "canary", "all_at_once"] },
        health_check_interval_seconds: { type: "number", exclusiveMinimum: 0 },
        rollback_on_failure: { type: "boolean" },
    }),
    metadata: objectOf({ version_tag: versionTag, changelog: { type: "string" }, created_by: text }),
});

/** @throws Refusal when values that must agree differ */
export function deploymentRequestOf({
    snapshot,
    deployment_config,
    metadata,
}: DeployBody): DeploymentRequest {
    refuseDifference("metadata.version_tag", metadata.version_tag, "version_tag", snapshot.version_tag);
    refuseDifference("metadata.changelog", metadata.changelog, "changelog", snapshot.changelog);
    refuseDifference(
        "deployment_config.target_environment",
        deployment_config.target_environment,
        "target_environment",
        snapshot.target_environment,
    );
    return {
        botId: snapshot.bot_id,
        flowId: snapshot.flow_id,
        versionTag: snapshot.version_tag,
        targetEnvironment: snapshot.target_environment,
        changelog: snapshot.changelog,
        createdBy: metadata.created_by,
    };
}

function refuseDifference(path: string, value: string, field: string, expected: string): void {
    if (value !== expected) {
        throw Refusal.invalid(`${path} is "${value}", but snapshot.${field} is "${expected}".`);
    }
}
