import type { LedgerEvent } from "./event.js";

/** When what has an outcome now began; milliseconds since 1970. */
export interface Began {
    /** The version's first gate, in whichever environment: evidence counts in all of them. */
    version: number;
    /** The deployment's intent. */
    deployment: number;
}

/** When a version's gates began, and when again after it went live in an environment. */
interface Gates {
    first: number;
    again: Map<string, number | undefined>;
}

/** Keeps in mind when versions and deployments began until their outcome comes. */
export class Beginnings {
    private readonly gates = new Map<string, Gates>();
    private readonly intents = new Map<string, number>();

    /** @returns when it began, for an outcome of a release; undefined for any other event. */
    add(event: LedgerEvent): Began | undefined {
        const at = Date.parse(event.timestamp);
        switch (event.action) {
            case "dependency_validation":
            case "simulation":
                this.gate(event, at);
                return undefined;
            case "deployment_intent":
                this.intents.set(deploymentOf(event), at);
                return undefined;
            case "deployment_execution":
                return this.outcome(event, at);
            default:
                return undefined;
        }
    }

    private gate(event: LedgerEvent, at: number): void {
        const gates = this.gates.get(versionOf(event));
        if (!gates) {
            this.gates.set(versionOf(event), { first: at, again: new Map() });
            return;
        }
        for (const [environment, begun] of gates.again) {
            gates.again.set(environment, begun ?? at);
        }
    }

    private outcome(event: LedgerEvent, at: number): Began {
        const deployment = this.intents.get(deploymentOf(event)) ?? at;
        this.intents.delete(deploymentOf(event));
        const gates = this.gates.get(versionOf(event));
        const { target_environment } = event.details;
        const version = gates?.again.has(target_environment)
            ? gates.again.get(target_environment)
            : gates?.first;
        if (event.status === "completed") {
            gates?.again.set(target_environment, undefined);
        }
        return { version: version ?? deployment, deployment };
    }
}

function versionOf({ bot_id, flow_id, version_tag }: LedgerEvent): string {
    return JSON.stringify([bot_id, flow_id, version_tag]);
}

function deploymentOf(event: LedgerEvent): string {
    return JSON.stringify([versionOf(event), event.details.target_environment]);
}
