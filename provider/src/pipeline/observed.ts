import type { ReleaseInputs } from "../release/inputs.js";
import type { Attributes } from "../telemetry/trace.js";

/** What a span says of the release that it belongs to. */
export function attributesOf(
    release: Pick<ReleaseInputs, "botId" | "flowId" | "versionTag" | "targetEnvironment">,
): Attributes {
    return {
        "cognigy.bot": release.botId,
        "cognigy.flow": release.flowId,
        "cognigy.version_tag": release.versionTag,
        "cognigy.environment": release.targetEnvironment,
    };
}
