import type { LedgerEvent } from "../ledger/event.js";
import { compact } from "../release/state.js";
import { text } from "./fields.js";
import type { Live, Outcome, Place } from "./report.js";

/** A place, and what is known of the deployments that were made there. */
interface Watched {
    place: Place;
    /** By deployment, and by tag. */
    known: Map<string, Pick<Live, "tag" | "contentHash" | "deploymentId">>;
}

/** Follows what is live where, one event after the other in the ledger's order. */
export class Places {
    private readonly watched = new Map<string, Watched>();

    add(event: LedgerEvent): void {
        const watched = this.at(event);
        const { action, status, details } = event;
        switch (action) {
            case "deployment_execution":
                watched.place.last = {
                    tag: text(event.version_tag) ?? "",
                    outcome: status as Outcome,
                    at: Date.parse(event.timestamp),
                };
                this.outcome(watched, event);
                break;
            case "adoption":
                this.bring(watched, event, "healthy");
                break;
            case "rollback":
                if (status === "completed") {
                    this.takeBack(watched, event);
                }
                break;
            case "delete":
                if (status === "completed") {
                    this.stands(watched, event, text(details.live_version_tag), "healthy");
                }
                break;
            default:
        }
    }

    /** Every place so far, by its names. */
    places(): Place[] {
        return [...this.watched.entries()]
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([, { place }]) => place);
    }

    private at({ bot_id, flow_id, details }: LedgerEvent): Watched {
        const [bot, flow, environment] = [bot_id, flow_id, details.target_environment].map(
            (name) => text(name) ?? "",
        ) as [string, string, string];
        const key = JSON.stringify([bot, flow, environment]);
        const watched = this.watched.get(key) ?? { place: { bot, flow, environment }, known: new Map() };
        this.watched.set(key, watched);
        return watched;
    }

    private outcome(watched: Watched, event: LedgerEvent): void {
        const { status, details } = event;
        if (status === "completed") {
            this.bring(watched, event, "healthy");
        } else if (status === "rolled_back") {
            const health = details.health_after === undefined ? "healthy" : "unhealthy";
            this.stands(watched, event, text(details.live_version_tag), health);
        } else if (status === "failed" && details.reason === "health_check_failed") {
            // It was not rolled back: that was declared, or the rollback failed.
            this.bring(watched, event, "unhealthy");
        } else if (status === "failed" && details.reason === "abandoned" && details.deployment_id) {
            this.bring(watched, event, "unproved");
        }
    }

    /** The event's own version is live. */
    private bring({ place, known }: Watched, event: LedgerEvent, health: Live["health"]): void {
        const version = {
            tag: text(event.version_tag) ?? "",
            ...compact({
                contentHash: text(event.content_hash),
                deploymentId: text(event.details.deployment_id),
            }),
        };
        known.set(version.tag, version);
        known.set(String(version.deploymentId), version);
        const same = place.live?.deploymentId === version.deploymentId ? place.live?.since : undefined;
        place.live = { ...version, since: same ?? Date.parse(event.timestamp), health };
    }

    /** Another version is live, or nothing is. */
    private stands(
        { place, known }: Watched,
        event: LedgerEvent,
        tag: string | undefined,
        health: Live["health"],
    ): void {
        if (tag === undefined) {
            delete place.live;
            return;
        }
        const since = place.live?.tag === tag ? place.live.since : Date.parse(event.timestamp);
        place.live = { ...(known.get(tag) ?? { tag }), since, health };
    }

    private takeBack(watched: Watched, event: LedgerEvent): void {
        const { deployment_id, returns_to } = event.details;
        if (watched.place.live?.deploymentId === deployment_id) {
            const back = watched.known.get(String(returns_to));
            this.stands(watched, event, back?.tag, "unproved");
        }
    }
}
