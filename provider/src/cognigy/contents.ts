import type { FlowDefinition } from "../release/flow.js";

/** Keeps what was released, by its content's hash, for a platform that does not show it any more. */
export interface Contents {
    /** The definition with this content; undefined where it is not kept here. */
    get(contentHash: string): Promise<FlowDefinition | undefined>;
    /** Keeps a definition. One that cannot be kept is missed when versions are compared, and nowhere else. */
    put(flow: FlowDefinition): Promise<void>;
}
