/** What a snapshot says of one flow that it holds. */
export interface Marked {
    /** The referenceId of the flow. */
    flowId: string;
    /** Names its content: `sha256:<hex>`. */
    contentHash: string;
    nodesCount: number;
}

/** The product takes no longer descriptions. */
const LONGEST = 500;
/** At the end: a changelog may quote another description. */
const MARKER = /\[pulumi-cognigy flow=(\S+) content=(sha256:[0-9a-f]{64}) nodes=(\d+)\]\s*$/;

/**
 * The description of a snapshot: what changed, for people; and what its content is, for there is no way to look into a
 * snapshot. Descriptions cannot be changed later.
 */
export function describe(changelog: string, { flowId, contentHash, nodesCount }: Marked): string {
    const marker = `[pulumi-cognigy flow=${flowId} content=${contentHash} nodes=${nodesCount}]`;
    const room = LONGEST - marker.length - 1;
    const text = changelog.length <= room ? changelog : `${changelog.slice(0, room - 1)}…`;
    return `${text.toWellFormed()}\n${marker}`;
}

/** What a description says of the content; undefined where it was not written by a release. */
export function markedIn(description: string | null | undefined): Marked | undefined {
    const [, flowId, contentHash, nodes] = MARKER.exec(description ?? "") ?? [];
    return flowId === undefined || contentHash === undefined
        ? undefined
        : { flowId, contentHash, nodesCount: Number(nodes) };
}
