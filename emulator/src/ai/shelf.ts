import { Refusal } from "../refusal";

/** Things of projects, by their `_id`. */
export class Shelf<Thing extends { readonly _id: string; readonly projectId: string }> {
    /** Oldest first. */
    private readonly things: Map<string, Thing>;

    /** @param kind what one of them is called in messages */
    constructor(
        private readonly kind: string,
        start: readonly Thing[] = [],
    ) {
        this.things = new Map(start.map((thing) => [thing._id, thing]));
    }

    /** All of them, oldest first. */
    list(): Thing[] {
        return [...this.things.values()];
    }

    /** Those of a project, oldest first. */
    of(projectId: string): Thing[] {
        return this.list().filter((thing) => thing.projectId === projectId);
    }

    get(id: string): Thing | undefined {
        return this.things.get(id);
    }

    /** @throws Refusal when there is no such thing */
    find(id: string): Thing {
        const thing = this.things.get(id);
        if (thing === undefined) {
            throw Refusal.notFound(`The ${this.kind} "${id}" does not exist.`);
        }
        return thing;
    }

    protected put(thing: Thing): void {
        this.things.set(thing._id, thing);
    }

    /** It is gone, whatever leads to it. */
    forget(id: string): void {
        this.things.delete(id);
    }
}
