/**
 * What is not known for sure of the hosted product, and which of the answers is given. The defaults are the likelier
 * ones.
 */
export interface Variants {
    /** What a call gets that does not say what it accepts. @default json */
    readonly defaultMediaType: "json" | "hal";
    /** What happens to a GET with a body: 403, or nothing. @default refused */
    readonly getBodies: "refused" | "ignored";
    /** How many items a list gives when the call does not say; 1 to 100. @default 25 */
    readonly defaultLimit: number;
    /** What a call with an unknown API key gets. @default 401 */
    readonly invalidKeyStatus: 401 | 500;
    /** Whether flow, locale and entrypoint of an endpoint must exist when it is patched. @default unchecked */
    readonly endpointReferences: "unchecked" | "checked";
    /** What a patch of an endpoint is answered with: 204, or 200 and `{}`. @default empty */
    readonly endpointPatchAnswer: "empty" | "object";
    /** How long conversations go on as before after an endpoint was patched. @default 0 */
    readonly propagationMs: number;
    /** Whether equal content gives equal hashes. @default content */
    readonly snapshotHash: "content" | "unique";
    /** Whether resources in an uploaded snapshot keep their referenceIds. @default kept */
    readonly uploadedReferenceIds: "kept" | "renewed";
    /** What the body of a restore does with `projectId`. @default refused */
    readonly restoreProjectId: "refused" | "required";
    /** Whether a link to a snapshot needs the API key. @default open */
    readonly snapshotLinks: "open" | "authenticated";
    /** Whether a link to a package needs the API key. @default authenticated */
    readonly packageLinks: "open" | "authenticated";
    /** Whether the list of tasks can be filtered by its fields, such as `status`. @default applied */
    readonly taskFilters: "applied" | "ignored";
    /** Whether the graph lists the connection of a language model as a dependency. @default missing */
    readonly llmConnectionInGraph: "missing" | "listed";
    /** What a language model's `connectionId` holds. @default referenceId */
    readonly llmConnectionId: "referenceId" | "_id";
    /** What happens to steps that a playbook is created with. @default kept */
    readonly inlinePlaybookSteps: "kept" | "ignored";
    /** How audit events name what was changed. @default chain */
    readonly auditFields: "chain" | "modifiedResources";
    /** What scheduling a simulation answers. @default batch */
    readonly simulationScheduleAnswer: "batch" | "empty";
    /** What a simulation may run on. @default snapshotOrProject */
    readonly simulationEntrypoint: "snapshotOrProject" | "project";
}

/** The likelier answers. */
export const defaultVariants: Variants = {
    defaultMediaType: "json",
    getBodies: "refused",
    defaultLimit: 25,
    invalidKeyStatus: 401,
    endpointReferences: "unchecked",
    endpointPatchAnswer: "empty",
    propagationMs: 0,
    snapshotHash: "content",
    uploadedReferenceIds: "kept",
    restoreProjectId: "refused",
    snapshotLinks: "open",
    packageLinks: "authenticated",
    taskFilters: "applied",
    llmConnectionInGraph: "missing",
    llmConnectionId: "referenceId",
    inlinePlaybookSteps: "kept",
    auditFields: "chain",
    simulationScheduleAnswer: "batch",
    simulationEntrypoint: "snapshotOrProject",
};

const oneOf = (...words: readonly (string | number)[]) => ({ enum: words });

/** Any of the variants. */
export const variantsSchema = {
    type: "object",
    additionalProperties: false,
    properties: {
        defaultMediaType: oneOf("json", "hal"),
        getBodies: oneOf("refused", "ignored"),
        defaultLimit: { type: "integer", minimum: 1, maximum: 100 },
        invalidKeyStatus: oneOf(401, 500),
        endpointReferences: oneOf("unchecked", "checked"),
        endpointPatchAnswer: oneOf("empty", "object"),
        propagationMs: { type: "number", minimum: 0 },
        snapshotHash: oneOf("content", "unique"),
        uploadedReferenceIds: oneOf("kept", "renewed"),
        restoreProjectId: oneOf("refused", "required"),
        snapshotLinks: oneOf("open", "authenticated"),
        packageLinks: oneOf("open", "authenticated"),
        taskFilters: oneOf("applied", "ignored"),
        llmConnectionInGraph: oneOf("missing", "listed"),
        llmConnectionId: oneOf("referenceId", "_id"),
        inlinePlaybookSteps: oneOf("kept", "ignored"),
        auditFields: oneOf("chain", "modifiedResources"),
        simulationScheduleAnswer: oneOf("batch", "empty"),
        simulationEntrypoint: oneOf("snapshotOrProject", "project"),
    },
};

/** The variants in force. */
export class VariantBook {
    private variants: Variants;

    constructor(start: Partial<Variants>) {
        this.variants = { ...defaultVariants, ...start };
    }

    get now(): Variants {
        return this.variants;
    }

    /** What is left out stays as it is. */
    set(change: Partial<Variants>): void {
        this.variants = { ...this.variants, ...change };
    }
}
