import * as z from "zod";
import type { Finding, Found } from "../../examination.js";
import { type Tried, tried, withoutStop } from "../../tried.js";
import type { ProjectView, Reader } from "./project-view.js";

/** What every release reads. */
const READ_BY_ALL = [
    ["flows", "flows"],
    ["locales", "locales"],
    ["snapshots", "snapshots"],
    ["endpoints", "endpoints"],
    ["tasks", "tasks"],
    ["playbooks", "playbooks"],
    ["the graph of dependencies", "graph"],
] as const;
/** What flows may depend on, beside what every release reads. */
const KINDS = [
    ["connections", "connections"],
    ["lexicons", "lexicons"],
    ["functions", "functions"],
    ["knowledge stores", "knowledgestores"],
    ["AI agents", "aiagents"],
    ["NLU connectors", "nluconnectors"],
    ["extensions", "extensions"],
] as const;

/** What of a project can be read. */
export async function rightsFindings(api: Reader, view: ProjectView): Promise<Found[]> {
    const lists = Object.fromEntries(READ_BY_ALL.map(([name, list]) => [name, view[list] as Tried<unknown>]));
    const kinds = await Promise.all(
        KINDS.map(async ([name, path]) => [name, await tried(firstOf(api, view, path))] as const),
    );
    const needs = Object.fromEntries<Tried<unknown>>([["language models", view.languageModels], ...kinds]);
    const listed = Object.fromEntries(Object.entries(needs).filter(([, list]) => !isUnlisted(list)));
    return [
        ...readable("rights", lists, "every release reads"),
        ...unreadable(lists, "will not work", "Every release reads this."),
        ...readable("rights of what flows need", needs, "flows may need"),
        ...unreadable(listed, "warning", "A flow that needs one is blocked by gate 1."),
        ...unlistedFindings(needs),
        {
            check: "rights to change",
            verdict: "not known",
            found:
                "whether the user may make and delete snapshots, switch endpoints, and make, run and delete playbooks cannot be " +
                "told without doing it",
            advice: "A preview with `simulation.testCases` makes playbooks, and deletes them; a first release to an endpoint for tests shows the rest.",
        },
    ];
}

function firstOf(api: Reader, { project }: ProjectView, path: string): Promise<unknown> {
    return api.get(`/${path}`, z.unknown(), {
        query: { projectId: project._id, limit: "1" },
        needs: "read the project's resources",
    });
}

function readable(check: string, lists: Record<string, Tried<unknown>>, why: string): Found[] {
    const names = Object.entries(lists).flatMap(([name, list]) => ("value" in list ? name : []));
    return names.length === 0
        ? []
        : [{ check, verdict: "ok", found: `what ${why} can be read: ${names.join(", ")}` }];
}

function unreadable(
    lists: Record<string, Tried<unknown>>,
    verdict: Finding["verdict"],
    advice: string,
): Found[] {
    return Object.entries(lists).flatMap(([name, list]): Found[] => {
        if ("value" in list) {
            return [];
        }
        const found = `${name} cannot be read: ${withoutStop(list.error.message)}`;
        return [{ check: `rights: ${name}`, verdict, found, advice }];
    });
}

/** Not every version of the product has every kind. */
function unlistedFindings(lists: Record<string, Tried<unknown>>): Found[] {
    const names = Object.entries(lists).flatMap(([name, list]) => (isUnlisted(list) ? name : []));
    return names.length === 0
        ? []
        : [
              {
                  check: "kinds",
                  verdict: "not known",
                  found: `whether flows need ${names.join(", ")}: the platform does not list them`,
              },
          ];
}

function isUnlisted(list: Tried<unknown>): boolean {
    return "error" in list && list.error.kind === "not_found";
}
