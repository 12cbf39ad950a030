import { ReleaseError } from "../../release/failure.js";
import { ifThere } from "../errors.js";
import type * as answers from "./answers.js";
import { markedIn } from "./marker.js";
import type { Projects } from "./projects.js";
import type { Snapshots } from "./snapshots.js";
import { NO_DRAFT } from "./versions.js";

/** Finds flows by what programs call them: in drafts, and in snapshots that came from other projects. */
export class FlowLookup {
    constructor(
        private readonly projects: Projects,
        private readonly snapshots: Snapshots,
    ) {}

    /** A flow of the draft; or of a snapshot, where that came from elsewhere and holds another flow of that name. */
    async flowIn(
        botId: string,
        declared: string,
        snapshot: answers.Snapshot | undefined,
    ): Promise<answers.Flow> {
        if (!snapshot) {
            return this.projects.flow(botId, declared);
        }
        const draft = await ifThere(this.projects.flow(botId, declared));
        if (draft && markedIn(snapshot.description)?.flowId === draft.referenceId) {
            return draft;
        }
        const flows = await this.snapshots.contents(snapshot._id, "flow");
        const frozen =
            flows.find(({ referenceId }) => referenceId === draft?.referenceId || referenceId === declared) ??
            flows.find(({ name }) => name === draft?.name || name === declared);
        if (!frozen) {
            throw new ReleaseError(
                `the snapshot ${snapshot.name} of project ${botId} holds no flow ${draft?.name ?? declared}: choose another ` +
                    "`versionTag`, or correct `flowId`.",
            );
        }
        const { referenceId, name } = frozen;
        return referenceId === draft?.referenceId
            ? draft
            : { _id: NO_DRAFT, referenceId, name, lastChanged: snapshot.createdAt };
    }
}
