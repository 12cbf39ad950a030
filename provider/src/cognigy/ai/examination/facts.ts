import type { Found } from "../../examination.js";
import { itemsOf, tried } from "../../tried.js";
import * as answers from "../answers.js";
import { part } from "../api.js";
import { draftIn } from "../closure.js";
import { readChart } from "../draft.js";
import { markedIn } from "../marker.js";
import type { ProjectView, Reader } from "./project-view.js";

/** So many flows tell whether flows are stamped: each costs a call. */
const ENOUGH = 3;

/** What releases rely on that the product's documentation leaves open, as far as looking tells. */
export async function factFindings(api: Reader, view: ProjectView): Promise<Found[]> {
    return [
        await referenceFact(api, view),
        markerFact(view),
        await stampFact(api, view),
        ...modelFact(view),
        {
            check: "fact: the rest",
            verdict: "not known",
            found: "how snapshots, endpoints, playbooks and conversations answer when they are made, switched, run and held",
            advice: 'See "Verify on your tenant" in docs/cognigy-ai.md: a release to an endpoint for tests shows it.',
        },
    ];
}

/** Endpoints name a flow by its referenceId, so a snapshot's copy must have the same one. */
async function referenceFact(api: Reader, view: ProjectView): Promise<Found> {
    const check = "fact: copies keep referenceIds";
    const [newest] = [...itemsOf(view.snapshots)].sort((one, other) => other.createdAt - one.createdAt);
    const contents = newest
        ? await tried(
              api.all(`/snapshots/${part(newest._id)}/resources`, answers.snapshotResource, {
                  query: { resourceType: "flow" },
                  needs: "read snapshots",
              }),
          )
        : undefined;
    if (!newest || !contents || "error" in contents) {
        return {
            check,
            verdict: "not known",
            found: "whether a flow has the same referenceId in a snapshot: there is none to look into",
        };
    }
    const flows = itemsOf(view.flows);
    const same = contents.value.some((copy) =>
        flows.some(({ referenceId }) => referenceId === copy.referenceId),
    );
    if (same) {
        return {
            check,
            verdict: "ok",
            found: `flows have the same referenceId in the snapshot ${newest.name} as in the editor`,
        };
    }
    const renamed = contents.value.some((copy) => flows.some(({ name }) => name === copy.name));
    return renamed
        ? {
              check,
              verdict: "will not work",
              found: `flows have other referenceIds in the snapshot ${newest.name} than in the editor`,
              advice: "A second release to the same endpoint would be refused, for it leads to another flow by then.",
          }
        : {
              check,
              verdict: "not known",
              found: `whether a flow has the same referenceId in a snapshot: ${newest.name} holds no flow of today`,
          };
}

/** What a release writes into the description of a snapshot is all that tells what is in it. */
function markerFact({ snapshots }: ProjectView): Found {
    const check = "fact: descriptions are kept";
    const made = itemsOf(snapshots).filter(({ description }) => description?.includes("[pulumi-cognigy "));
    const cut = made.filter(({ description }) => !markedIn(description));
    if (made.length === 0) {
        return {
            check,
            verdict: "not known",
            found: "whether descriptions of snapshots are kept as they are: no release has made one",
        };
    }
    return cut.length === 0
        ? { check, verdict: "ok", found: "descriptions of snapshots are kept as releases write them" }
        : {
              check,
              verdict: "warning",
              found: `the description of ${cut.map(({ name }) => name).join(", ")} was cut`,
              advice: "What is in it cannot be told any more, and it is never pruned.",
          };
}

/** Whether the stamp of a flow is that of its newest edit decides what is believed of a snapshot that was made by hand. */
async function stampFact(api: Reader, view: ProjectView): Promise<Found> {
    const check = "fact: flows are stamped";
    const unknown: Found = {
        check,
        verdict: "not known",
        found: "whether editing a node changes the stamp of its flow: nodes have none to compare with",
    };
    for (const flow of itemsOf(view.flows).slice(0, ENOUGH)) {
        const chart = await tried(readChart(api, flow._id));
        const stamps = ("value" in chart ? chart.value.nodes : []).flatMap(({ lastChanged }) =>
            typeof lastChanged === "number" ? lastChanged : [],
        );
        if (stamps.length > 0) {
            return Math.max(...stamps) <= flow.lastChanged
                ? {
                      check,
                      verdict: "ok",
                      found: `no node of flow "${flow.name}" was edited after the flow's own stamp`,
                  }
                : {
                      check,
                      verdict: "warning",
                      found: `a node of flow "${flow.name}" was edited after the flow's own stamp`,
                      advice: "What a snapshot holds that was made by hand may be taken for the draft of today: let releases make them.",
                  };
        }
    }
    return unknown;
}

/** Where a language model's connection is found. */
function modelFact({ graph, project }: ProjectView): Found[] {
    const models =
        "value" in graph
            ? draftIn(graph.value, project._id).filter(({ type }) => type === "largeLanguageModel")
            : [];
    const check = "fact: connections of language models";
    const lost = models.filter(
        ({ dependencies, properties }) =>
            !dependencies?.some(({ type }) => type === "attachedConnection") &&
            typeof properties?.connectionId !== "string",
    );
    if (models.length === 0) {
        return [];
    }
    return [
        lost.length === 0
            ? { check, verdict: "ok", found: "the graph tells which connection a language model has" }
            : {
                  check,
                  verdict: "warning",
                  found: `the graph does not tell the connection of ${lost.map(({ name, _id }) => name ?? _id).join(", ")}`,
                  advice: "Gate 1 does not see a connection that is missing; it asks the provider all the same.",
              },
    ];
}
