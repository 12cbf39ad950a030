import type { StackValidationPolicy } from "@pulumi/policy";
import { RELEASE_TYPE, releaseIn } from "pulumi-cognigy/release";

/** Refuses two resources of a stack for the same bot, flow and environment: each `up` would undo the other's. */
export const oneReleasePerFlow: StackValidationPolicy = {
    name: "one-release-per-flow",
    description: "A stack declares one release for each flow in each environment.",
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, reportViolation) => {
        const owners = new Map<string, string>();
        for (const { type, name, urn, props } of resources) {
            if (type !== RELEASE_TYPE) {
                continue;
            }
            const { connection, botId, flowId, targetEnvironment } = releaseIn(props);
            const place = JSON.stringify([connection, botId, flowId, targetEnvironment]);
            const owner = owners.get(place);
            if (owner !== undefined) {
                reportViolation(
                    `Release ${name} of flow ${flowId} (bot ${botId}) to ${targetEnvironment}: the stack has another one, ` +
                        `${owner}; expected one release for each flow in each environment. Take one of the two out.`,
                    urn,
                );
            }
            owners.set(place, owner ?? name);
        }
    },
};
