import type { Clock } from "../clock";
import type { Json, JsonObject } from "../json";
import { Refusal } from "../refusal";
import { newObjectId } from "./ids";
import { isoOf } from "./time";
import type { User } from "./users";
import type { VariantBook } from "./variants";

/** What somebody did. */
export interface AuditAction {
    readonly type: "action" | "create" | "patch" | "delete";
    /** Such as `createSnapshot`; only of actions. */
    readonly actionType?: string;
    /** What it was done to, the outermost first. */
    readonly chain: readonly { readonly elementId: string; readonly elementType: string }[];
    readonly projectId: string;
    readonly payload?: Json;
}

/** One entry of the audit trail. Times are milliseconds since 1970. */
export interface AuditEvent extends AuditAction {
    readonly _id: string;
    readonly at: number;
    readonly user: User;
}

/** How long events are kept. */
const lifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** Who did what. Events are buffered: they appear a moment later. */
export class Audit {
    /** Oldest first. */
    private readonly events: AuditEvent[] = [];

    constructor(
        private readonly bufferMs: number,
        private readonly variants: VariantBook,
        private readonly clock: Clock,
    ) {}

    record(user: User, action: AuditAction): void {
        this.events.push({ ...action, _id: newObjectId(), at: this.clock.now(), user });
    }

    /** The events that have been written by now and are not too old, oldest first. */
    list(): AuditEvent[] {
        const now = this.clock.now();
        return this.events.filter(({ at }) => at + this.bufferMs <= now && at + lifetimeMs > now);
    }

    /** @throws Refusal when there is no such event */
    find(id: string): AuditEvent {
        const event = this.list().find(({ _id }) => _id === id);
        if (event === undefined) {
            throw Refusal.notFound(`The audit event "${id}" does not exist.`);
        }
        return event;
    }

    /** An event as the API gives it. */
    view(event: AuditEvent): JsonObject & { readonly _id: string } {
        const { _id, at, type, actionType, user, chain, projectId } = event;
        const named =
            this.variants.now.auditFields === "chain"
                ? { chain: chain.map(({ elementId, elementType }) => ({ elementId, elementType })) }
                : {
                      id: _id,
                      modifiedResources: chain.map(({ elementId, elementType }) => ({
                          resourceId: elementId,
                          resourceType: elementType,
                      })),
                  };
        return {
            _id,
            timestamp: isoOf(at),
            type,
            ...(actionType === undefined ? {} : { actionType }),
            user: user.email,
            userReference: user._id,
            ...named,
            projectReference: projectId,
            payload: null,
            expiresAt: isoOf(at + lifetimeMs),
        };
    }
}
