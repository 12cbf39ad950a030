import type { Json, JsonObject } from "../json";
import type { Chart } from "./chart";

/** When and by whom something was made and changed. Times are seconds since 1970. */
export interface Meta {
    /** Changes when the resource is restored or copied. */
    readonly _id: string;
    readonly createdAt: number;
    readonly lastChanged: number;
    readonly createdBy: string;
    readonly lastChangedBy: string;
}

interface Base<Type extends string> extends Meta {
    readonly type: Type;
    /** A UUID that stays the same in snapshots, packages and copies. */
    readonly referenceId: string;
    readonly name: string;
}

/** A language of the project. */
export interface Locale extends Base<"locale"> {
    readonly primary: boolean;
    readonly nluLanguage: string;
}

/** An intent of a flow, with the sentences that people say when they mean it. */
export interface Intent {
    readonly _id: string;
    readonly referenceId: string;
    readonly name: string;
    readonly description: string;
    readonly examples: readonly string[];
}

/** What a step of a flow needs. */
export interface FlowUse {
    /** The `_id` of the step. */
    readonly node: string;
    readonly type: ResourceType;
    /** The referenceId of what it needs, whether that exists or not. */
    readonly referenceId: string;
}

/** A flow with its chart and intents. */
export interface Flow extends Base<"flow"> {
    readonly description: string;
    /** A referenceId. */
    readonly locale: string;
    /** ReferenceIds. */
    readonly attachedLexicons: readonly string[];
    readonly chart: Chart;
    readonly uses: readonly FlowUse[];
    /** As they are edited. */
    readonly intents: readonly Intent[];
    /** As they were when they were trained last: these are what an utterance is compared with. */
    readonly trained: readonly Intent[];
    /** Whether these two differ. */
    readonly isTrainingOutOfDate: boolean;
}

/** Credentials for a service. */
export interface Connection extends Base<"connection"> {
    readonly extension: string;
    readonly connectionType: string;
    readonly fields: Readonly<Record<string, string>>;
}

/** A language model and the connection that it is reached through. */
export interface LargeLanguageModel extends Base<"largeLanguageModel"> {
    readonly description: string;
    readonly modelType: string;
    readonly provider: string;
    /** A referenceId. */
    readonly connection: string;
    readonly isDefault: boolean;
}

/** Code that flows call. */
export type CodeFunction = Base<"function">;

/** Words that stand for a slot. */
export interface Lexicon extends Base<"lexicon"> {
    readonly values: readonly string[];
}

/** Documents that flows look into. Not part of snapshots. */
export type KnowledgeStore = Base<"knowledgeStore">;

/** What is expected of the answer to a step of a playbook. */
export interface PlaybookAssert {
    readonly _id: string;
    readonly type: AssertType;
    readonly params: JsonObject;
}

/** One message of a playbook. */
export interface PlaybookStep {
    readonly _id: string;
    readonly text: string;
    readonly data: Json;
    readonly asserts: readonly PlaybookAssert[];
}

/** A conversation with expectations. */
export interface Playbook extends Base<"playbook"> {
    readonly abortOnError: boolean;
    /** Milliseconds per step. */
    readonly timeout: number;
    readonly steps: readonly PlaybookStep[];
}

/** What an endpoint leads to. */
export interface Binding {
    /** The `_id` of a snapshot, or of a project: its draft. */
    readonly entrypoint: string;
    /** The referenceId of a flow; may be empty. */
    readonly flowId: string;
    /** The referenceId of a locale. */
    readonly localeId: string;
}

/** Where people reach the bot. Not part of snapshots. */
export interface Endpoint extends Base<"endpoint">, Binding {
    readonly channel: string;
    readonly URLToken: string;
    readonly active: boolean;
    /** All other fields that can be patched. */
    readonly settings: JsonObject;
    /** What it led to before the last change of that. */
    readonly before: Binding;
    /** When that changed, milliseconds since 1970. */
    readonly boundAt: number;
}

/** Anything that a project holds. Values are never changed in place: an edit makes a new one. */
export type Resource =
    | Locale
    | Flow
    | Connection
    | LargeLanguageModel
    | CodeFunction
    | Lexicon
    | KnowledgeStore
    | Playbook
    | Endpoint;

/** What kinds of resources there are. */
export type ResourceType = Resource["type"];

/** All of them. */
export const resourceTypes = [
    "locale",
    "flow",
    "connection",
    "largeLanguageModel",
    "function",
    "lexicon",
    "knowledgeStore",
    "playbook",
    "endpoint",
] as const satisfies readonly ResourceType[];

/** The resource of a kind. */
export type ResourceOf<Type extends ResourceType> = Extract<Resource, { readonly type: Type }>;

/** What can be asserted of the answer to a step. */
export const assertTypes = [
    "assertText",
    "assertData",
    "assertState",
    "assertContext",
    "assertIntent",
    "assertSlot",
] as const;

/** One of `assertTypes`. */
export type AssertType = (typeof assertTypes)[number];

/** The resources of one kind, in their order. */
export function ofType<Type extends ResourceType>(
    resources: readonly Resource[],
    type: Type,
): ResourceOf<Type>[] {
    return resources.filter((resource): resource is ResourceOf<Type> => resource.type === type);
}

/** The resource of a kind with a referenceId. */
export function byReference<Type extends ResourceType>(
    resources: readonly Resource[],
    type: Type,
    referenceId: string,
): ResourceOf<Type> | undefined {
    return ofType(resources, type).find((resource) => resource.referenceId === referenceId);
}
