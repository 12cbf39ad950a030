import type { FlowDefinition } from "../release/flow.js";

/** Keeps what was released, for a platform that does not show it any more. */
export interface Contents {
    /** The definition with this content; undefined where it is not kept here. */
    get(contentHash: string): Promise<FlowDefinition | undefined>;
    /** Keeps a definition. One that cannot be kept is missed when versions are compared, and nowhere else. */
    put(flow: FlowDefinition): Promise<void>;

    /**
     * The hash of the content that a version was found to hold when it was made, or when it was deployed.
     *
     * @param version its id.
     * @param isOf whether a deployment is one of that version.
     * @returns undefined where nobody has looked, or nothing is known of it here.
     */
    found(version: string, isOf: (deploymentId: string) => boolean): Promise<string | undefined>;
    /** Keeps what a version was found to hold. */
    note(version: string, contentHash: string): Promise<void>;
}
