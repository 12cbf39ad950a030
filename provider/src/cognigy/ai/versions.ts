import { digest } from "../../release/canonical.js";
import { contentHash } from "../../release/content-hash.js";
import { type FlowDefinition, isSealed, SEALED } from "../../release/flow.js";
import type { Contents } from "../contents.js";
import type * as answers from "./answers.js";
import type { AiApi } from "./api.js";
import { bindingsIn } from "./binding.js";
import { readDraft } from "./draft.js";
import { type Marked, markedIn } from "./marker.js";

/** A flow as a snapshot holds it. */
export interface Held {
    projectId: string;
    /** The flow as it stands in the editor. */
    flow: answers.Flow;
    snapshot: answers.Snapshot;
}

/** In place of the `_id` of a flow that only a snapshot has. */
export const NO_DRAFT = "";

/** What a version holds of a flow. Nobody can look into a snapshot; what can be known of one is put together here. */
export class Versions {
    constructor(
        private readonly api: AiApi,
        private readonly contents: Contents,
        /** Whether an endpoint of the project leads to a snapshot. */
        private readonly isLive: (projectId: string, snapshot: string) => Promise<boolean>,
    ) {}

    /** The flow as it stands in the editor. */
    draft(flow: answers.Flow): Promise<FlowDefinition> {
        return readDraft(this.api, flow);
    }

    /**
     * The flow as a snapshot holds it: what a release kept, or the draft where it is still the same. Where neither is to be
     * had the definition is sealed: its content has a name, and cannot be seen.
     */
    async frozen(held: Held): Promise<FlowDefinition> {
        const { flow, snapshot } = held;
        const known = await this.known(held);
        const kept = known === undefined ? undefined : await this.contents.get(known);
        if (kept) {
            return kept;
        }
        const marked = markedFor(held);
        // By its stamp alone the flow may be older than the snapshot; then that holds the draft, where nobody says otherwise.
        const stated = known ?? marked?.contentHash;
        const isOlder = known !== undefined || flow.lastChanged < snapshot.createdAt;
        const draft = flow._id !== NO_DRAFT && isOlder ? await this.draft(flow) : undefined;
        if (draft && (stated === undefined || contentHash(draft) === stated)) {
            return draft;
        }
        // Its gates are passed by the snapshot itself: what it is called is all the same to them.
        const unknown = digest({ snapshot: snapshot.hash || snapshot._id, flow: flow.referenceId });
        const nodesCount = marked && known === marked.contentHash ? marked.nodesCount : 0;
        return sealed(flow, snapshot, { contentHash: known ?? unknown, nodesCount });
    }

    /** The same, where it can be seen. */
    async shown(held: Held): Promise<FlowDefinition | undefined> {
        const version = await this.frozen(held);
        return isSealed(version) ? undefined : version;
    }

    /** Whether the draft is what a snapshot holds. */
    async isDraft(held: Held): Promise<boolean> {
        if (held.flow._id === NO_DRAFT) {
            return false;
        }
        const [frozen, draft] = [await this.frozen(held), await this.draft(held.flow)];
        return contentHash(frozen) === contentHash(draft);
    }

    /** Keeps what a snapshot was found to hold: for who looks at it later, and to be compared with what comes after it. */
    async keep(held: Held, version: FlowDefinition): Promise<void> {
        if (!isSealed(version)) {
            await this.contents.put(version);
        }
        await this.contents.note(nameOf(held), contentHash(version));
    }

    /**
     * The hash of what a snapshot is known to hold. Its mark was written before the draft was frozen: it counts when somebody
     * has looked afterwards, as is done before an endpoint is switched.
     */
    private async known(held: Held): Promise<string | undefined> {
        const { projectId, flow, snapshot } = held;
        const isOf = (deploymentId: string) =>
            (bindingsIn(deploymentId) ?? []).some(
                ({ entrypoint, flowId }) => entrypoint === snapshot._id && flowId === flow.referenceId,
            );
        const found = await this.contents.found(nameOf(held), isOf);
        const marked = found === undefined ? markedFor(held) : undefined;
        return marked && (await this.isLive(projectId, snapshot._id)) ? marked.contentHash : found;
    }
}

/** The name of what is kept of a flow in a snapshot. */
function nameOf({ flow, snapshot }: Held): string {
    return `${snapshot._id}/${flow.referenceId}`;
}

/** What a snapshot says of this flow; of another one that was released with it, it says nothing. */
function markedFor({ flow, snapshot }: Held): Marked | undefined {
    const marked = markedIn(snapshot.description);
    return marked?.flowId === flow.referenceId ? marked : undefined;
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
