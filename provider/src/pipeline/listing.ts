import type { FlowReference } from "../release/flow.js";
import type { Dependency } from "../release/gates.js";
import type { Pipeline } from "./pipeline.js";

type Receive = (dependency: Dependency) => void;

/** The dependencies of a flow on their way, page by page: work on the first ones begins before the last ones are there. */
export class Listing {
    private readonly items: Dependency[] = [];
    private readonly receivers: Receive[] = [];
    /** All of them, when the last page is there. */
    readonly all: Promise<readonly Dependency[]>;

    constructor(pipeline: Pick<Pipeline, "platform">, reference: FlowReference) {
        this.all = this.read(pipeline, reference);
        // Whoever waits for it is told; before that nobody needs to listen.
        this.all.catch(() => {});
    }

    /** Hands over each dependency, those that are there already first. */
    forEach(receive: Receive): void {
        this.items.forEach(receive);
        this.receivers.push(receive);
    }

    private async read({ platform }: Pick<Pipeline, "platform">, reference: FlowReference) {
        for await (const page of platform.dependencies(reference)) {
            this.items.push(...page);
            for (const receive of this.receivers) {
                page.forEach(receive);
            }
        }
        return this.items;
    }
}
