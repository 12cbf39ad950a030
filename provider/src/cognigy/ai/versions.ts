import { digest } from "../../release/canonical.js";
import { contentHash } from "../../release/content-hash.js";
import { type FlowDefinition, isSealed, SEALED } from "../../release/flow.js";
import type { Contents } from "../contents.js";
import type * as answers from "./answers.js";
import type { AiApi } from "./api.js";
import { readDraft } from "./draft.js";
import { markedIn } from "./marker.js";

/** In place of the `_id` of a flow that only a snapshot has. */
export const NO_DRAFT = "";

/** What a version holds of a flow. Nobody can look into a snapshot; what can be known of one is put together here. */
export class Versions {
    constructor(
        private readonly api: AiApi,
        private readonly contents: Contents,
    ) {}

    /** The flow as it stands in the editor. */
    draft(flow: answers.Flow): Promise<FlowDefinition> {
        return readDraft(this.api, flow);
    }

    /**
     * The flow as a snapshot holds it: what a release kept, or the draft where it is still the same. Where neither is to be
     * had the definition is sealed: its content has a name, and cannot be seen.
     */
    async frozen(flow: answers.Flow, snapshot: answers.Snapshot): Promise<FlowDefinition> {
        const marked = markedIn(snapshot.description);
        if (marked?.flowId === flow.referenceId) {
            const kept = await this.contents.get(marked.contentHash);
            if (kept) {
                return kept;
            }
            const draft = flow._id === NO_DRAFT ? undefined : await this.draft(flow);
            return draft && contentHash(draft) === marked.contentHash
                ? draft
                : sealed(flow, snapshot, marked);
        }
        // Another flow of the project was released with it, or somebody made it by hand. By its stamp alone the flow may be
        // older than the snapshot; then that holds the draft.
        if (flow._id !== NO_DRAFT && flow.lastChanged < snapshot.createdAt) {
            return this.draft(flow);
        }
        const hash = digest({ snapshot: snapshot.hash || snapshot._id, flow: flow.referenceId });
        return sealed(flow, snapshot, { contentHash: hash, nodesCount: 0 });
    }

    /** The same, where it can be seen. */
    async shown(flow: answers.Flow, snapshot: answers.Snapshot): Promise<FlowDefinition | undefined> {
        const version = await this.frozen(flow, snapshot);
        return isSealed(version) ? undefined : version;
    }

    /** Whether the draft is what a snapshot holds. */
    async isDraft(flow: answers.Flow, snapshot: answers.Snapshot): Promise<boolean> {
        if (flow._id === NO_DRAFT) {
            return false;
        }
        const [frozen, draft] = [await this.frozen(flow, snapshot), await this.draft(flow)];
        return contentHash(frozen) === contentHash(draft);
    }

    /** Keeps what a release freezes, to be compared with what comes after it. */
    keep(flow: FlowDefinition): Promise<void> {
        return this.contents.put(flow);
    }
}

function sealed(
    { referenceId, name }: answers.Flow,
    { createdAt }: answers.Snapshot,
    known: { contentHash: string; nodesCount: number },
): FlowDefinition {
    return {
        id: referenceId,
        name,
        nodes: [],
        updated_at: new Date(createdAt * 1000).toISOString(),
        [SEALED]: { contentHash: known.contentHash, nodesCount: known.nodesCount },
    };
}
