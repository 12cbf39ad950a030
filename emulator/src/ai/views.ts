import type { JsonObject } from "../json";
import type { ChartNode } from "./chart";
import type { Package } from "./packages";
import type { Project } from "./project";
import {
    byReference,
    type Flow,
    type Intent,
    type LargeLanguageModel,
    type Meta,
    type Resource,
} from "./resource";
import type { Snapshot } from "./snapshots";
import type { Task } from "./tasks";
import { isoOf, secondsOf } from "./time";
import type { Variants } from "./variants";

/** When and by whom it was made and changed. */
export function metaOf({ _id, createdAt, lastChanged, createdBy, lastChangedBy }: Meta): JsonObject & Meta {
    return { _id, createdAt, lastChanged, createdBy, lastChangedBy };
}

/** A project as the API gives it. */
export function projectView(project: Project): JsonObject & { readonly _id: string } {
    const { _id, name, createdAt, createdBy } = project;
    return {
        ...metaOf({ _id, createdAt, createdBy, lastChanged: createdAt, lastChangedBy: createdBy }),
        name,
        color: "blue",
        primaryLocaleReference: project.primaryLocale()?._id ?? null,
        liveAgentDefaultInbox: 0,
    };
}

/** A resource as a list gives it. `siblings` are what it lives among: the project or the snapshot. */
export function itemView(
    resource: Resource,
    siblings: readonly Resource[],
    variants: Variants,
): JsonObject & { readonly _id: string } {
    const { referenceId, name } = resource;
    const named = { ...metaOf(resource), referenceId, name };
    const plain = { ...metaOf(resource), name };
    switch (resource.type) {
        case "locale":
            return {
                ...named,
                primary: resource.primary,
                nluLanguage: resource.nluLanguage,
                fallbackLocaleReference: null,
            };
        case "flow":
            return {
                ...named,
                description: resource.description,
                isTrainingOutOfDate: resource.isTrainingOutOfDate,
            };
        case "connection":
            return {
                ...named,
                extension: resource.extension,
                type: resource.connectionType,
                isDeprecated: false,
            };
        case "largeLanguageModel":
            return {
                ...named,
                description: resource.description,
                modelType: resource.modelType,
                provider: resource.provider,
                connectionId: connectionIdOf(resource, siblings, variants),
                isDefault: resource.isDefault,
            };
        case "endpoint":
            return {
                ...plain,
                channel: resource.channel,
                URLToken: resource.URLToken,
                flowId: resource.flowId,
                localeId: resource.localeId,
                overrideSnapshotConnections: resource.settings.overrideSnapshotConnections ?? false,
            };
        case "playbook":
            return plain;
        default:
            return named;
    }
}

/** A resource as it is given when it is asked for alone. */
export function fullView(
    resource: Resource,
    siblings: readonly Resource[],
    variants: Variants,
): JsonObject & { readonly _id: string } {
    const item = itemView(resource, siblings, variants);
    switch (resource.type) {
        case "flow":
            return { ...item, ...flowParts(resource, siblings) };
        case "connection":
            return { ...item, fields: resource.fields };
        case "playbook": {
            const { abortOnError, timeout, steps } = resource;
            return { ...item, abortOnError, timeout, steps: steps as unknown as readonly JsonObject[] };
        }
        case "endpoint": {
            const { active, entrypoint, settings } = resource;
            return { ...item, ...settings, active, entrypoint };
        }
        default:
            return item;
    }
}

/** What a language model's `connectionId` holds. */
export function connectionIdOf(
    { connection }: LargeLanguageModel,
    siblings: readonly Resource[],
    { llmConnectionId }: Variants,
): string {
    const found = byReference(siblings, "connection", connection);
    return llmConnectionId === "_id" && found !== undefined ? found._id : connection;
}

/** A step as a list gives it: without its config. */
export function nodeItemView(node: ChartNode): JsonObject & { readonly _id: string } {
    const { config: _config, ...item } = node;
    return item;
}

/** An intent as a list gives it. */
export function intentView(
    intent: Intent,
    flow: Flow,
    siblings: readonly Resource[],
): JsonObject & { readonly _id: string } {
    const { _id, referenceId, name, description } = intent;
    return {
        _id,
        referenceId,
        name,
        description,
        tags: [],
        isRejectIntent: false,
        isDisabled: false,
        localeReference: localeIdOf(flow, siblings),
        parentIntentId: "",
    };
}

/** A snapshot as the API gives it: it does not tell its project. */
export function snapshotView(
    snapshot: Snapshot,
    packageExpiresAt: number | null,
): JsonObject & { readonly _id: string } {
    const { _id, name, description, hash, createdAt, createdBy } = snapshot;
    return {
        _id,
        name,
        description,
        hash,
        createdAt,
        createdBy,
        isPackaged: packageExpiresAt !== null,
        ...(packageExpiresAt === null ? {} : { packageExpiresAt: secondsOf(packageExpiresAt) }),
    };
}

/** A package as the API gives it. */
export function packageView(found: Package): JsonObject & { readonly _id: string } {
    const { _id, name, description, hash, createdAt, createdBy } = found;
    return { _id, name, description, hash, createdAt, createdBy };
}

/** A resource of a snapshot as the list of its contents gives it. */
export function contentView(resource: Resource): JsonObject & { readonly _id: string } {
    const { _id, referenceId, type, name, createdAt, createdBy } = resource;
    return { _id, referenceId, resourceType: type, name, createdAt, createdBy };
}

/** A task in the answer to the call that started it. */
export function createdTaskView({ _id, status, type, parameters, createdAt }: Task): JsonObject {
    const created = secondsOf(createdAt);
    return { _id, status, type, parameters, createdAt: created, lastChangedAt: created };
}

/** A task as it is given when it is asked for: other names than in the answer that started it. */
export function taskView(task: Task, now: number): JsonObject & { readonly _id: string } {
    const { _id, type, status, data, failReason, createdAt, createdBy, activeAt, endsAt } = task;
    const hasEnded = status === "done" || status === "error" || status === "cancelled";
    const hasRun = activeAt <= Math.min(now, endsAt);
    const changedAt = hasEnded ? endsAt : hasRun ? activeAt : createdAt;
    return {
        ...metaOf({
            _id,
            createdAt: secondsOf(createdAt),
            lastChanged: secondsOf(changedAt),
            createdBy,
            lastChangedBy: createdBy,
        }),
        name: type,
        data,
        status,
        currentStep: hasEnded ? totalSteps : progressOf(task, now),
        totalStep: totalSteps,
        failReason,
        lastRunAt: hasRun ? isoOf(activeAt) : null,
        lastFinishedAt: hasEnded ? isoOf(endsAt) : null,
    };
}

const totalSteps = 100;

function progressOf({ activeAt, endsAt }: Task, now: number): number {
    return now <= activeAt || !Number.isFinite(endsAt)
        ? 0
        : Math.floor((totalSteps * (now - activeAt)) / (endsAt - activeAt));
}

function flowParts(flow: Flow, siblings: readonly Resource[]): JsonObject {
    return {
        context: {},
        attachedFlows: [],
        attachedLexicons: flow.attachedLexicons.flatMap(
            (referenceId) => byReference(siblings, "lexicon", referenceId)?._id ?? [],
        ),
        localeReference: localeIdOf(flow, siblings),
        img: "",
    };
}

function localeIdOf(flow: Flow, siblings: readonly Resource[]): string {
    return byReference(siblings, "locale", flow.locale)?._id ?? "";
}
