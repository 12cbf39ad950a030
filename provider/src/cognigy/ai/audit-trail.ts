import * as z from "zod";
import { isPlatformError } from "../errors.js";
import type { AuditEntry } from "../platform.js";
import { list } from "../shape.js";
import type { AiApi } from "./api.js";

/** How many of the newest events are looked at: others use the tenant, too. */
const NEWEST = "100";

const text = z.string().max(500);
const event = z.looseObject({
    _id: text,
    timestamp: text,
    type: text,
    /** Versions differ in how they name what was changed. */
    chain: z.array(z.object({ elementId: text })).nullish(),
    modifiedResources: z.array(z.object({ resourceId: text })).nullish(),
});
const events = z.object({ items: list(event) });

/** What the platform itself has written down of who changed what. Administrators may read it, others may not. */
export class AuditTrail {
    private closed = false;

    constructor(private readonly api: AiApi) {}

    /** The platform's newest entry of an endpoint having been changed; undefined where it cannot be had. */
    async ofEndpoint(projectId: string, endpoint: string): Promise<AuditEntry | undefined> {
        if (this.closed) {
            return undefined;
        }
        try {
            const { items } = await this.api.get("/auditevents", events, {
                query: { projectId, limit: NEWEST, sort: "timestamp:desc" },
                needs: "read audit events",
                once: true,
            });
            const found = items
                .filter((one) => one.type === "patch" && changed(one).includes(endpoint))
                .sort((one, other) => (one.timestamp < other.timestamp ? 1 : -1))[0];
            return found && { id: found._id, at: found.timestamp };
        } catch (error) {
            // It confirms what is known. A release does not wait for it, and does not ask again who may not know.
            this.closed = isPlatformError(error, "forbidden", "not_found", "rejected", "unauthorized");
            if (isPlatformError(error)) {
                return undefined;
            }
            throw error;
        }
    }
}

function changed({ chain, modifiedResources }: z.output<typeof event>): string[] {
    return [
        ...(chain ?? []).map(({ elementId }) => elementId),
        ...(modifiedResources ?? []).map(({ resourceId }) => resourceId),
    ];
}
