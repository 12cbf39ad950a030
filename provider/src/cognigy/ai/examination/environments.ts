import type { Found, Verdict } from "../../examination.js";
import { itemsOf } from "../../tried.js";
import type * as answers from "../answers.js";
import type { AiConnection } from "../connection.js";
import { isTestable } from "../conversation.js";
import type { Environment } from "../environments.js";
import { DRAFT } from "../standing.js";
import { flowOf, type ProjectView } from "./project-view.js";

interface Problem {
    verdict: Verdict;
    text: string;
    advice: string;
}

/** What each environment leads to, and what stands in the way of a release to it. */
export function environmentFindings(view: ProjectView, connection: AiConnection): Found[] {
    if ("error" in view.endpoints) {
        return [];
    }
    if (view.endpoints.value.length === 0) {
        return [
            {
                check: "environments",
                verdict: "will not work",
                found: "the project has no endpoints",
                advice: "Make one in the editor: a release lets an endpoint lead to a version.",
            },
        ];
    }
    const configured = connection.environments;
    const found = view.environments.map((one) => environmentFinding(view, one, configured.has(one.name)));
    const missing = [...configured].flatMap(([name, wanted]) =>
        view.environments.some((one) => one.name === name)
            ? []
            : [missingFinding(view, connection, name, wanted)],
    );
    return [...found, ...missing, ...sharedFindings(view, connection)];
}

function environmentFinding(view: ProjectView, environment: Environment, configured: boolean): Found {
    const { name, aliases, endpoints } = environment;
    const read = endpoints.map((item) => ({ item, whole: view.whole.get(item._id) }));
    const whole = read.flatMap((one) => (one.whole && "value" in one.whole ? [one.whole.value] : []));
    const problems = [
        ...read.flatMap(({ item, whole: one }): Problem[] =>
            one && "error" in one
                ? [
                      {
                          verdict: "will not work",
                          text: `endpoint "${item.name}" cannot be read`,
                          advice: one.error.message,
                      },
                  ]
                : [],
        ),
        ...whole.flatMap((one) => problemsOf(view, one)),
        ...problemsOfAll(whole),
    ];
    // An endpoint that nobody set up for releases may be as it likes.
    const worst = worstOf(problems);
    const verdict = worst === "will not work" && !configured ? "warning" : worst;
    const declared = configured ? name : (aliases.find((one) => one === name.toLowerCase()) ?? name);
    const leads = whole.map((one) => described(view, one)).join("; ");
    const advice = [...new Set(problems.map((one) => one.advice))].join(" ");
    return {
        check: "environment",
        subject: { kind: "environment", id: endpoints.map(({ _id }) => _id).join("+"), name: declared },
        verdict,
        found: [
            `targetEnvironment "${declared}": ${leads || "not known"}`,
            ...problems.map(({ text }) => text),
        ].join("; "),
        ...(advice ? { advice } : {}),
    };
}

function described(view: ProjectView, endpoint: answers.Endpoint): string {
    const { _id, name, channel } = endpoint;
    const flow = flowOf(view, endpoint);
    return (
        `endpoint "${name}" (${channel}, ${_id}) leads to ${versionOf(view, endpoint)}` +
        `${flow ? ` of flow "${flow.name}"` : ""}${isTestable(endpoint) ? ", has a test mode" : ""}`
    );
}

function versionOf({ project, snapshots }: ProjectView, { entrypoint }: answers.Endpoint): string {
    if (entrypoint === project._id) {
        return `the ${DRAFT}`;
    }
    const snapshot = itemsOf(snapshots).find(({ _id }) => _id === entrypoint);
    return snapshot ? snapshot.name : `${entrypoint}, which is no snapshot of this project`;
}

function problemsOf(view: ProjectView, endpoint: answers.Endpoint): Problem[] {
    const { name, active, flowId, entrypoint } = endpoint;
    const problems: Problem[] = [];
    if (!active) {
        problems.push({
            verdict: "will not work",
            text: `"${name}" is not active`,
            advice: "Activate the endpoint: a bake finds a bot that nobody can talk to unhealthy.",
        });
    }
    if ("value" in view.flows && !flowOf(view, endpoint)) {
        const byId = view.flows.value.find(({ _id }) => _id === flowId);
        problems.push({
            verdict: "will not work",
            text: byId
                ? `"${name}" names its flow by the _id ${flowId}`
                : `"${name}" leads to ${flowId ? `flow ${flowId}, which the project does not have` : "no flow"}`,
            advice: "Choose the flow on the endpoint once, in the editor: a release never changes which flow an endpoint leads to.",
        });
    }
    const known =
        entrypoint === view.project._id || itemsOf(view.snapshots).some(({ _id }) => _id === entrypoint);
    if ("value" in view.snapshots && !known) {
        problems.push({
            verdict: "warning",
            text: `"${name}" cannot be put back to where it leads now`,
            advice: "A rollback needs the snapshot that was live before.",
        });
    }
    return problems;
}

function problemsOfAll(endpoints: readonly answers.Endpoint[]): Problem[] {
    const problems: Problem[] = [];
    if (new Set(endpoints.map(({ flowId }) => flowId)).size > 1) {
        problems.push({
            verdict: "will not work",
            text: "its endpoints lead to different flows",
            advice: "One environment is one flow: give each flow an environment of its own.",
        });
    }
    if (new Set(endpoints.map(({ entrypoint }) => entrypoint)).size > 1) {
        problems.push({
            verdict: "warning",
            text: "its endpoints lead to different versions",
            advice: "The first endpoint says what is live; the next release lets all of them lead to its version.",
        });
    }
    if (endpoints.length > 0 && !endpoints.some(isTestable)) {
        problems.push({
            verdict: "warning",
            text: "no endpoint of it has a test mode",
            advice:
                "`health.utterances` are sent to endpoints of the channels rest and socket alone: without one, a bake only looks " +
                "where the endpoints lead and whether they are active.",
        });
    }
    return problems;
}

/** A configured environment of which endpoints are not there. One connection may have several projects. */
function missingFinding(
    view: ProjectView,
    { sources }: AiConnection,
    name: string,
    wanted: readonly string[],
): Found {
    const items = itemsOf(view.endpoints);
    const missing = wanted.filter(
        (one) => !items.some(({ _id, name: itsName }) => one === _id || one === itsName),
    );
    const all = missing.length === wanted.length;
    return {
        check: "environment",
        subject: { kind: "environment", id: name, name },
        verdict: all ? "warning" : "will not work",
        found: `targetEnvironment "${name}" (${sources.environments}): the project has no endpoint ${missing.map((one) => `"${one}"`).join(", ")}`,
        advice: all
            ? "Releases of this project to it are refused; that is fine where it is another project's."
            : "Releases to it are refused: correct the setting, or make the endpoint in the editor.",
    };
}

/** Endpoints that two configured environments claim. */
function sharedFindings(view: ProjectView, { environments, sources }: AiConnection): Found[] {
    return itemsOf(view.endpoints).flatMap(({ _id, name }): Found[] => {
        const owners = [...environments].flatMap(([owner, wanted]) =>
            wanted.some((one) => one === _id || one === name) ? owner : [],
        );
        return owners.length < 2
            ? []
            : [
                  {
                      check: "environment",
                      subject: { kind: "endpoint", id: _id, name },
                      verdict: "warning",
                      found: `endpoint "${name}" belongs to ${owners.map((one) => `"${one}"`).join(" and ")}`,
                      advice: `A release to one of them is drift in the other: give it to one alone in ${sources.environments}.`,
                  },
              ];
    });
}

function worstOf(problems: readonly Problem[]): Verdict {
    const verdicts = new Set(problems.map(({ verdict }) => verdict));
    return (["will not work", "warning"] as const).find((one) => verdicts.has(one)) ?? "ok";
}
