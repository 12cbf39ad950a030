import { isRecord } from "../canonical.js";
import { type Mention, mentionsIn, type NameFacts } from "./mentions.js";
import { ID_NAMES, isContent, isLink, isOnward, isOpaque } from "./names.js";
import { type Dangling, type GraphNode, type Link, linkTo } from "./node.js";
import { sortedBy } from "./order.js";
import { DEEPEST, deepText, type Fields, namesIn, textOf, type Value } from "./value.js";

/** Where a record leads. */
export interface Ways {
    links: Link[];
    dangling: Dangling[];
    /**
     * Tells records apart that hold the same and are read otherwise: which of the strings that may name a node do so, and what
     * the others stand for, in the order in which they were met.
     */
    sense: string;
}

/** What a record holds, told apart. */
export interface Reading extends Ways {
    fields: Fields;
}

/** Where a value stands. */
interface Place {
    name: string;
    path: string;
    depth: number;
    /** Whether it stands under a name where a string that is the id of a node names that node. */
    inLink: boolean;
    /** Whether a string can be nothing else. */
    onward: boolean;
    /** Whether it must be seen that an edge stands here: in a list of records, for one, the path does not tell in which. */
    marked: boolean;
}

/** Stands in a value where an edge must be seen. */
const EDGE = "(a node)";

/** Reads records of a flow's definition: what names a node becomes an edge, and the rest is what is compared. */
export class Reader {
    /** The same few names stand in all nodes. */
    private readonly facts = new Map<string, NameFacts>();

    /**
     * @param nodes the flow's nodes by all of their ids.
     * @param names what the ids of the flow and of its lists stand for: those that no person wrote are read as these.
     */
    constructor(
        readonly nodes: ReadonlyMap<string, GraphNode>,
        readonly names: ReadonlyMap<string, string>,
    ) {}

    /**
     * @param record what it is called and when it was touched is passed over.
     * @param unordered whether lists inside have no order, and their elements' own ids mean nothing: as with an intent's
     * example sentences.
     */
    read(record: Record<string, unknown>, unordered = false): Reading {
        const { fields, mentions } = new Walk(this, unordered).read(record);
        return { fields, ...this.ways(mentions) };
    }

    /** What may name a node in a record: the same in all flows. Of several, only a reading tells the order. */
    mentions(record: Record<string, unknown>): Mention[] {
        const found = mentionsIn(record, (name) => this.factsOf(name));
        return found.length < 2 ? found : new Walk(this, false).read(record).mentions;
    }

    /** Where a record leads that mentions these. */
    ways(mentions: readonly Mention[]): Ways {
        const ways: Ways = { links: [], dangling: [], sense: "" };
        mentions.forEach(({ path, text, onward }) => {
            const node = this.nodes.get(text);
            if (node) {
                ways.links.push(linkTo(node, path));
            } else if (onward && text !== "") {
                ways.dangling.push({ path, id: text });
            }
            ways.sense += node ? "node " : `${JSON.stringify(this.names.get(text) ?? "")} `;
        });
        return ways;
    }

    factsOf(name: string): NameFacts {
        const known = this.facts.get(name);
        if (known) {
            return known;
        }
        const facts = { isContent: isContent(name), isLink: isLink(name), isOnward: isOnward(name) };
        this.facts.set(name, facts);
        return facts;
    }
}

class Walk {
    private readonly mentions: Mention[] = [];

    constructor(
        private readonly reader: Reader,
        private readonly unordered: boolean,
    ) {}

    read(record: Record<string, unknown>): { fields: Fields; mentions: Mention[] } {
        const fields = this.fields(record, undefined);
        return { fields, mentions: this.mentions };
    }

    private fields(record: Record<string, unknown>, parent: Place | undefined): Fields {
        const fields = new Map<string, Value>();
        for (const name of namesIn(record)) {
            const inner = record[name];
            const facts = this.reader.factsOf(name);
            if (inner === undefined || (parent ? this.unordered && isOwnId(name, inner) : !facts.isContent)) {
                continue;
            }
            const value = this.value(inner, {
                name,
                path: parent ? `${parent.path}.${name}` : name,
                depth: (parent?.depth ?? 0) + 1,
                inLink: parent !== undefined && this.namesNodes(parent),
                onward: parent ? parent.onward && facts.isLink : facts.isOnward,
                marked: parent?.marked ?? false,
            });
            if (value !== undefined) {
                fields.set(name, value);
            }
        }
        return fields;
    }

    /** Undefined where nothing is left but edges. */
    private value(value: unknown, place: Place): Value | undefined {
        if (typeof value === "string") {
            return this.text(value, place);
        }
        if (value === null || value === undefined) {
            return place.onward && !place.marked ? undefined : null;
        }
        if (typeof value !== "object") {
            return typeof value === "number" || typeof value === "boolean" ? value : String(value);
        }
        if (place.depth > DEEPEST) {
            return deepText(value);
        }
        if (Array.isArray(value)) {
            return this.list(value, place);
        }
        const fields = isRecord(value) ? this.fields(value, place) : new Map();
        const wasEmpty = Object.keys(value).length === 0;
        return fields.size > 0 || place.marked || (wasEmpty && !place.onward) ? fields : undefined;
    }

    private text(text: string, place: Place): string | undefined {
        const { path, onward, marked } = place;
        const opaque = isOpaque(text);
        const mayBeNode = opaque || onward || this.namesNodes(place);
        if (mayBeNode) {
            this.mentions.push({ path, text, onward });
        }
        if (onward || (mayBeNode && this.reader.nodes.has(text))) {
            return marked ? EDGE : undefined;
        }
        return opaque ? (this.reader.names.get(text) ?? text) : text;
    }

    private list(list: readonly unknown[], place: Place): Value | undefined {
        const inner = { ...place, path: `${place.path}[]`, depth: place.depth + 1 };
        const values = list.map((item) =>
            this.value(item, typeof item === "object" ? { ...inner, marked: true } : inner),
        );
        if (values.every((value) => value === undefined)) {
            return list.length === 0 && !place.onward ? [] : undefined;
        }
        const all = values.map((value) => (value === undefined ? EDGE : value));
        return this.unordered ? sortedBy(all, textOf) : all;
    }

    /** Whether a string that is the id of a node names that node there. */
    private namesNodes({ name, inLink }: Place): boolean {
        return inLink || this.reader.factsOf(name).isLink;
    }
}

function isOwnId(name: string, value: unknown): boolean {
    return (ID_NAMES as readonly string[]).includes(name) && typeof value === "string" && isOpaque(value);
}
