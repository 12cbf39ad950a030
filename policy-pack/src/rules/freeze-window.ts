import { activeFreeze, type FreezeWindow, freezeName, parseFreezeWindows } from "pulumi-cognigy/release";
import { configError } from "../config-error";
import { releasePolicy } from "../release-policy";

interface Settings {
    windows: unknown[];
    minReasonLength: number;
}

/** Refuses a release inside a freeze, unless it breaks the glass with a reason. */
export const freezeWindow = releasePolicy<Settings>({
    name: "freeze-window",
    description: "Nothing is released while a freeze holds.",
    settings: {
        windows: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    name: { type: "string" },
                    from: { type: "string" },
                    to: { type: "string" },
                    timeZone: { type: "string" },
                    environments: { type: "array", items: { type: "string" } },
                },
                required: ["name", "from", "to"],
                additionalProperties: false,
            },
            default: [],
            description:
                'Freezes: { name, from, to, timeZone?, environments? }, with times such as "2026-12-20T18:00", "fri 18:00" or "18:00".',
        },
        minReasonLength: {
            type: "integer",
            minimum: 1,
            default: 10,
            description: "Characters that a reason has at least.",
        },
    },
    judge: ({ targetEnvironment, deployment, context }, { windows, minReasonLength }, now) => {
        const calendar = read(windows);
        // What stands as it is declared is not released.
        if (context?.deploys === false) {
            return undefined;
        }
        const freeze = activeFreeze(calendar, targetEnvironment, now);
        return freeze && (deployment.breakGlass ?? "").trim().length < minReasonLength
            ? {
                  found: `the freeze ${freezeName(freeze)} holds now`,
                  expected: `a release outside of it, or a reason of at least ${minReasonLength} characters`,
                  advice: "Wait until it is over, or state in `deployment.breakGlass` why this cannot wait",
              }
            : undefined;
    },
});

function read(windows: unknown[]): FreezeWindow[] {
    const parsed = parseFreezeWindows(windows);
    if ("windows" in parsed) {
        return parsed.windows;
    }
    throw configError(
        "freeze-window",
        parsed.problems.map(({ path, expected }) => `windows.${path}: ${expected}`),
    );
}
