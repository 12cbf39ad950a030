import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** The setting of rules that hold for some environments only. */
export interface ForEnvironments {
    environments: string[];
}

/** The schema of {@link ForEnvironments}: production, where nothing else is set. */
export const forEnvironments: PolicyConfigJSONSchema = {
    type: "array",
    items: { type: "string" },
    default: ["production"],
    description: "The environments that the rule holds for.",
};
