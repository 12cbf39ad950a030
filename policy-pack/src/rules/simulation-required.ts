import { type ForEnvironments, forEnvironments } from "../production";
import { releasePolicy } from "../release-policy";

interface Settings extends ForEnvironments {
    minTestCases: number;
    minPassRate: number;
}

/** Refuses production without enough simulated conversations that passed: by what was played, not by what was declared. */
export const simulationRequired = releasePolicy<Settings>({
    name: "simulation-required",
    description: "Conversations are simulated before a release, and enough of them pass.",
    settings: {
        environments: forEnvironments,
        minTestCases: {
            type: "integer",
            minimum: 1,
            default: 2,
            description: "Conversations that are played at least.",
        },
        minPassRate: {
            type: "number",
            minimum: 0,
            maximum: 1,
            default: 0.95,
            description: "The share of them that pass at least.",
        },
    },
    judge: ({ targetEnvironment, gates }, { environments, minTestCases, minPassRate }) => {
        if (!environments.includes(targetEnvironment)) {
            return undefined;
        }
        const { total, passed } = gates?.simulation ?? { total: 0, passed: 0 };
        if (total < minTestCases) {
            return {
                found: `${total} conversations were simulated`,
                expected: `at least ${minTestCases} for ${targetEnvironment}`,
                advice: "Add test cases to `simulation.testCases`",
            };
        }
        return passed / total < minPassRate
            ? {
                  found: `${passed} of ${total} simulated conversations passed`,
                  expected: `a share of at least ${minPassRate} for ${targetEnvironment}`,
                  advice: "Mend the flow or its test cases, and raise `simulation.minPassRate`",
              }
            : undefined;
    },
});
