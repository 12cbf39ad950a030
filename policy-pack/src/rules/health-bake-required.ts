import { type ForEnvironments, forEnvironments } from "../production";
import { releasePolicy } from "../release-policy";

interface Settings extends ForEnvironments {
    minBakeSeconds: number;
    minIntervalSeconds: number;
    maxIntervalSeconds: number;
}

/** Refuses production with too short a bake, and an interval between probes that is out of range. */
export const healthBakeRequired = releasePolicy<Settings>({
    name: "health-bake-required",
    description:
        "A release proves itself healthy for long enough, with probes neither too dense nor too rare.",
    settings: {
        environments: forEnvironments,
        minBakeSeconds: {
            type: "number",
            minimum: 0,
            default: 15,
            description: "Seconds that a bake has at least: probes in a row × seconds between two.",
        },
        minIntervalSeconds: {
            type: "number",
            minimum: 0,
            default: 1,
            description: "Seconds between two probes at least.",
        },
        maxIntervalSeconds: {
            type: "number",
            minimum: 0,
            default: 300,
            description: "Seconds between two probes at most.",
        },
    },
    judge: ({ targetEnvironment, health }, settings) => {
        const { environments, minBakeSeconds, minIntervalSeconds, maxIntervalSeconds } = settings;
        if (!environments.includes(targetEnvironment)) {
            return undefined;
        }
        const { intervalSeconds, successesRequired } = health;
        if (intervalSeconds < minIntervalSeconds || intervalSeconds > maxIntervalSeconds) {
            return {
                found: `${intervalSeconds} s lie between two health probes`,
                expected: `from ${minIntervalSeconds} s to ${maxIntervalSeconds} s for ${targetEnvironment}`,
                advice: "Change `health.intervalSeconds`",
            };
        }
        const bake = successesRequired * intervalSeconds;
        return bake < minBakeSeconds
            ? {
                  found: `the bake takes ${bake} s (${successesRequired} × ${intervalSeconds} s)`,
                  expected: `at least ${minBakeSeconds} s for ${targetEnvironment}`,
                  advice: "Raise `health.successesRequired` or `health.intervalSeconds`",
              }
            : undefined;
    },
});
