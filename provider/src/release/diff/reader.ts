import { isRecord } from "../canonical.js";
import { ID_NAMES, isContent, isLink, isOnward, isOpaque } from "./names.js";
import { type Dangling, type GraphNode, type Link, linkTo } from "./node.js";
import { sortedBy } from "./order.js";
import { DEEPEST, deepText, type Fields, namesIn, textOf, type Value } from "./value.js";

/** What a record holds, told apart. */
export interface Reading {
    fields: Fields;
    links: Link[];
    dangling: Dangling[];
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
    /**
     * @param nodes the flow's nodes by all of their ids.
     * @param names what the ids of the flow and of its lists stand for: those that no person wrote are read as these.
     */
    constructor(
        private readonly nodes: ReadonlyMap<string, GraphNode>,
        private readonly names: ReadonlyMap<string, string>,
    ) {}

    /**
     * @param record what it is called and when it was touched is passed over.
     * @param unordered whether lists inside have no order, and their elements' own ids mean nothing: as with an intent's
     * example sentences.
     */
    read(record: Record<string, unknown>, unordered = false): Reading {
        return new Walk(this.nodes, this.names, unordered).read(record);
    }
}

class Walk {
    private readonly links: Link[] = [];
    private readonly dangling: Dangling[] = [];

    constructor(
        private readonly nodes: ReadonlyMap<string, GraphNode>,
        private readonly names: ReadonlyMap<string, string>,
        private readonly unordered: boolean,
    ) {}

    read(record: Record<string, unknown>): Reading {
        const fields = this.fields(record, undefined);
        return { fields, links: this.links, dangling: this.dangling };
    }

    private fields(record: Record<string, unknown>, parent: Place | undefined): Fields {
        const fields = new Map<string, Value>();
        for (const name of namesIn(record)) {
            const inner = record[name];
            if (inner === undefined || (parent ? this.unordered && isOwnId(name, inner) : !isContent(name))) {
                continue;
            }
            const value = this.value(inner, {
                name,
                path: parent ? `${parent.path}.${name}` : name,
                depth: (parent?.depth ?? 0) + 1,
                inLink: parent !== undefined && namesNodes(parent),
                onward: parent ? parent.onward && isLink(name) : isOnward(name),
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
        const node = this.nodes.get(text);
        if (node && (isOpaque(text) || namesNodes(place))) {
            this.links.push(linkTo(node, place.path));
            return place.marked ? EDGE : undefined;
        }
        if (place.onward) {
            if (text !== "") {
                this.dangling.push({ path: place.path, id: text });
            }
            return place.marked ? EDGE : undefined;
        }
        return isOpaque(text) ? (this.names.get(text) ?? text) : text;
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
}

/** Whether a string that is the id of a node names that node there. */
function namesNodes({ name, inLink }: Place): boolean {
    return inLink || isLink(name);
}

function isOwnId(name: string, value: unknown): boolean {
    return (ID_NAMES as readonly string[]).includes(name) && typeof value === "string" && isOpaque(value);
}
