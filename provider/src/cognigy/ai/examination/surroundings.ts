import * as z from "zod";
import type { Found } from "../../examination.js";
import type { HttpClient } from "../../http/client.js";
import { list } from "../../shape.js";
import { itemsOf, tried, withoutStop } from "../../tried.js";
import { SIMULATION_PLAYBOOK } from "../intent-trial.js";
import { CHANGES_THE_PROJECT, isRunning } from "../tasks.js";
import type { ProjectView } from "./project-view.js";

/** What runs in a project. */
export function taskFindings({ tasks }: ProjectView): Found[] {
    const running = itemsOf(tasks).filter(isRunning);
    const changing = running.filter(({ name }) => CHANGES_THE_PROJECT.test(name ?? ""));
    const check = "tasks";
    if ("error" in tasks) {
        return [];
    }
    if (running.length === 0) {
        return [{ check, verdict: "ok", found: "no task is running" }];
    }
    const names = running.map(({ _id, name, status }) => `${name ?? "a task"} ${_id} (${status})`).join(", ");
    return [
        changing.length === 0
            ? {
                  check,
                  verdict: "ok",
                  found: `running: ${names}; none of them changes what the project holds`,
              }
            : {
                  check,
                  verdict: "warning",
                  found: `running: ${names}`,
                  advice: "A release waits until what changes the project has ended.",
              },
    ];
}

/** The playbooks that simulations are played with. */
export function playbookFindings({ playbooks }: ProjectView): Found[] {
    if ("error" in playbooks) {
        return [];
    }
    const left = playbooks.value.filter(({ name }) => name.startsWith(SIMULATION_PLAYBOOK));
    const check = "playbooks";
    const own = playbooks.value.filter((one) => !left.includes(one));
    const names = own.map(({ name }) => `"${name}"`).join(", ");
    const found = names ? `playbooks for \`simulation.playbooks\`: ${names}` : "the project has no playbooks";
    return [
        left.length === 0
            ? { check, verdict: "ok", found }
            : {
                  check,
                  verdict: "warning",
                  found: `${found}; ${left.length} more that a simulation has made`,
                  advice: "One is on its way, or did not see its end: the next one deletes those that are older than an hour.",
              },
    ];
}

/** The language models. Asking a provider whether it takes the credentials is a POST, and left to gate 1. */
export function languageModelFindings({ languageModels }: ProjectView): Found[] {
    if ("error" in languageModels) {
        return [];
    }
    const models = languageModels.value;
    const check = "language models";
    if (models.length === 0) {
        return [{ check, verdict: "ok", found: "the project has no language models" }];
    }
    const names = models.map(
        ({ name, _id, provider }) => `"${name ?? _id}"${provider ? ` (${provider})` : ""}`,
    );
    return [
        {
            check,
            verdict: "not known",
            found: `whether their providers take the credentials of ${names.join(", ")}`,
            advice: "Asking them is a POST. Gate 1 does it for those that a flow needs: `cognigy-release validate`.",
        },
    ];
}

/** The Simulator: a service of its own, which not every tenant has. */
export async function simulatorFinding(http: HttpClient, projectId: string): Promise<Found> {
    const check = "Simulator";
    const call = {
        method: "GET",
        path: "/testing/simulations",
        query: { projectId, limit: "100" },
        needs: "read simulations",
    } as const;
    const asked = await tried(http.json(call, SCENARIOS));
    if ("value" in asked) {
        const names = asked.value.data.map(({ name }) => `"${name}"`).join(", ");
        return {
            check,
            verdict: "ok",
            found: `the Simulator answers; ${names ? `scenarios for \`simulation.scenarios\`: ${names}` : "the project has no scenarios"}`,
        };
    }
    return {
        check,
        verdict: "warning",
        found: `the Simulator does not answer: ${withoutStop(asked.error.message)}`,
        advice: "`simulation.scenarios` cannot be played; test cases and playbooks do not need it.",
    };
}

const SCENARIOS = z.object({ data: list(z.object({ name: z.string() })) });
