import { releasePolicy } from "../release-policy";

interface Settings {
    environments: string[];
}

/** Refuses an environment that is not on the list. */
export const allowedEnvironments = releasePolicy<Settings>({
    name: "allowed-environments",
    description: "A release goes to an environment that the team has.",
    settings: {
        environments: {
            type: "array",
            items: { type: "string" },
            default: ["development", "test", "staging", "production"],
            description: "The environments that there are.",
        },
    },
    judge: ({ targetEnvironment }, { environments }) =>
        environments.includes(targetEnvironment)
            ? undefined
            : {
                  found: `the environment is "${targetEnvironment}"`,
                  expected: `one of ${environments.join(", ")}`,
                  advice: "Change `targetEnvironment`",
              },
});
