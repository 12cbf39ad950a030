import type { Found } from "../../examination.js";
import type * as answers from "../answers.js";
import { markedIn } from "../marker.js";
import { SNAPSHOT_LIMIT } from "../snapshots.js";
import type { ProjectView } from "./project-view.js";

/** How many snapshots there are, which endpoints lead to them, and whether there is room for one more. */
export function snapshotFindings(view: ProjectView): Found[] {
    if ("error" in view.snapshots) {
        return [];
    }
    const all = view.snapshots.value;
    const check = "snapshots";
    const told = all.map((one) => describe(one, attachedTo(view, one)));
    const found = `${all.length} of ${SNAPSHOT_LIMIT} snapshots${told.length > 0 ? `: ${told.join(", ")}` : ""}`;
    if (all.length < SNAPSHOT_LIMIT) {
        return [{ check, verdict: "ok", found }];
    }
    const free = all.filter((one) => markedIn(one.description) && attachedTo(view, one).length === 0);
    return free.length > 0
        ? [
              {
                  check,
                  verdict: "warning",
                  found,
                  advice:
                      "There is no room for one more. With `snapshots.prune: true` a release deletes the oldest one that a release " +
                      "has made, that is not live and that was not live before what is.",
              },
          ]
        : [
              {
                  check,
                  verdict: "will not work",
                  found,
                  advice:
                      "There is no room for one more, and none that a release may delete: it deletes no snapshot that an endpoint " +
                      "leads to, nor one that it has not made. Delete one in the editor.",
              },
          ];
}

function attachedTo(view: ProjectView, { _id }: answers.Snapshot): string[] {
    return [...view.whole.values()].flatMap((one) =>
        "value" in one && one.value.entrypoint === _id ? one.value.name : [],
    );
}

function describe({ name, description }: answers.Snapshot, endpoints: readonly string[]): string {
    const notes = [
        ...(endpoints.length > 0 ? [`live at ${endpoints.map((one) => `"${one}"`).join(", ")}`] : []),
        ...(markedIn(description) ? [] : ["not made by a release"]),
    ];
    return notes.length > 0 ? `${name} (${notes.join("; ")})` : name;
}
