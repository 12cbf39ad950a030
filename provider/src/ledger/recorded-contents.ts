import type { Contents } from "../cognigy/contents.js";
import type { FlowDefinition } from "../release/flow.js";
import type { Ledger } from "./ledger.js";

/** Contents kept here; what they do not know of a version, the ledger may: another machine has released it. */
export class RecordedContents implements Contents {
    constructor(
        private readonly kept: Contents,
        private readonly ledger: Ledger,
    ) {}

    get(contentHash: string): Promise<FlowDefinition | undefined> {
        return this.kept.get(contentHash);
    }

    put(flow: FlowDefinition): Promise<void> {
        return this.kept.put(flow);
    }

    note(version: string, contentHash: string): Promise<void> {
        return this.kept.note(version, contentHash);
    }

    async found(version: string, isOf: (deploymentId: string) => boolean): Promise<string | undefined> {
        return (await this.kept.found(version, isOf)) ?? (await this.recorded(isOf));
    }

    /** A deployment that has an outcome was begun when its content had been looked at. */
    private async recorded(isOf: (deploymentId: string) => boolean): Promise<string | undefined> {
        let found: string | undefined;
        for await (const { action, content_hash, details } of this.ledger.events()) {
            const id = details.deployment_id;
            if (action === "deployment_execution" && content_hash && typeof id === "string" && isOf(id)) {
                found = content_hash;
            }
        }
        return found;
    }
}
