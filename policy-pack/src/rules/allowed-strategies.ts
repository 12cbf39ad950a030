import { releasePolicy } from "../release-policy";

interface Settings {
    strategies: Record<string, string[]>;
}

/** Refuses a strategy that the environment does not allow. */
export const allowedStrategies = releasePolicy<Settings>({
    name: "allowed-strategies",
    description: "A release uses a deployment strategy that its environment allows.",
    settings: {
        strategies: {
            type: "object",
            additionalProperties: { type: "array", items: { type: "string" } },
            default: { production: ["rolling", "blue_green", "canary"] },
            description: "The strategies that an environment allows; one that is not named allows all.",
        },
    },
    judge: ({ targetEnvironment, deployment }, { strategies }) => {
        const allowed = Object.hasOwn(strategies, targetEnvironment)
            ? strategies[targetEnvironment]
            : undefined;
        return allowed && !allowed.includes(deployment.strategy)
            ? {
                  found: `the strategy is ${deployment.strategy}`,
                  expected: `${allowed.join(", ")} for ${targetEnvironment}`,
                  advice: "Change `deployment.strategy`",
              }
            : undefined;
    },
});
