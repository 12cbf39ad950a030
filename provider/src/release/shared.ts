import { credentialIn } from "./credentials.js";
import { HIDDEN } from "./diff/hidden.js";
import { compareTexts } from "./diff/order.js";
import { clip, oneLine, quoted, shownName } from "./diff/shown.js";
import { keyOf, type Resource } from "./touching.js";

/** What another flow of the bot uses. */
export interface OtherFlow {
    flowId: string;
    /** Left out where it could not be seen. */
    uses?: readonly Resource[];
}

/** A flow as people know it. */
export interface FlowName {
    flowId: string;
    /** Left out where it has none, or nobody looked. */
    name?: string;
}

/** What a release touches that other flows of the bot use too. */
export interface Shared {
    /** What calls other systems first, then what most flows use; each with its flows by their ids in order. */
    resources: (Resource & { flows: FlowName[] })[];
    /** The ids of the flows of which it could not be seen what they use, in order. */
    unseen: string[];
}

/** The same in numbers, for policies. */
export interface SharedUse {
    /** The ids of the other flows that use something that the release touches, in order. */
    flows: string[];
    /** How many resources that is. */
    resources: number;
    /** Of how many flows it could not be seen what they use. */
    unseen: number;
}

/** More resources than this are counted in a line, and more flows of one of them. */
const MOST_RESOURCES = 2;
const MOST_FLOWS = 2;
/** A longer line is cut. */
const LONGEST_LINE = 200;
const LONGEST_ID = 100;

/** Types of resources in the order in which they are told: what most is at stake with comes first. */
const FOREMOST = ["external_api", "intent", "entity"];

/** Finds what a release touches in what other flows use. The same for the same flows, in whatever order they are. */
export function sharedWith(others: readonly OtherFlow[], isTouched: (resource: Resource) => boolean): Shared {
    const found = new Map<string, Resource & { flows: Set<string> }>();
    for (const { flowId, uses } of others) {
        for (const { resourceType, resourceId } of (uses ?? []).filter(isTouched)) {
            const key = keyOf({ resourceType, resourceId });
            const known = found.get(key) ?? { resourceType, resourceId, flows: new Set() };
            known.flows.add(flowId);
            found.set(key, known);
        }
    }
    const resources = [...found.values()].map(({ flows, ...resource }) => ({
        ...resource,
        flows: [...flows].sort(compareTexts).map((flowId) => ({ flowId })),
    }));
    const unseen = others.filter(({ uses }) => uses === undefined).map(({ flowId }) => flowId);
    return { resources: resources.sort(foremostFirst), unseen: unseen.sort(compareTexts) };
}

/** The ids of the flows that a line for people names; or of all. */
export function namedIn({ resources }: Shared, all = false): string[] {
    const named = all ? resources : resources.slice(0, MOST_RESOURCES);
    const flows = named.flatMap((one) => (all ? one.flows : one.flows.slice(0, MOST_FLOWS)));
    return [...new Set(flows.map(({ flowId }) => flowId))];
}

/** The same with the names of flows, where they have one. */
export function withNames({ resources, unseen }: Shared, names: ReadonlyMap<string, string>): Shared {
    const named = ({ flowId }: FlowName): FlowName => {
        const name = names.get(flowId);
        return name === undefined ? { flowId } : { flowId, name };
    };
    return { resources: resources.map((one) => ({ ...one, flows: one.flows.map(named) })), unseen };
}

export function sharedUse({ resources, unseen }: Shared): SharedUse {
    const flows = new Set(resources.flatMap((one) => one.flows.map(({ flowId }) => shownId(flowId))));
    return { flows: [...flows].sort(compareTexts), resources: resources.length, unseen: unseen.length };
}

/** An id as it may be kept: whatever the platform gave for one. */
function shownId(id: string): string {
    return credentialIn(id) ? HIDDEN : clip(oneLine(id), LONGEST_ID);
}

/**
 * In a line or two: `shared: external API “crm_lookup” is also used by “Billing” and “Support”`, and that some flows could
 * not be seen. None where there is nothing to tell.
 */
export function sharedLines({ resources, unseen }: Shared): string[] {
    const [first, ...others] = resources
        .slice(0, MOST_RESOURCES)
        .map((one) => [resourceName(one), listed(one.flows.map(flowName), MOST_FLOWS)] as const);
    const more = resources.length - MOST_RESOURCES;
    const clauses = first && [
        `${first[0]} is also used by ${first[1]}`,
        ...others.map(([name, flows]) => `${name} by ${flows}`),
        ...(more > 0 ? [`and ${more} more`] : []),
    ];
    return [...(clauses ? [clauses.join(", ")] : []), ...unseenLines(unseen)].map((line) =>
        clip(`shared: ${line}`, LONGEST_LINE),
    );
}

/** The whole of it, one line for each resource; and that some flows could not be seen. */
export function sharedInFull({ resources, unseen }: Shared): string[] {
    return [
        ...resources.map(
            (one) =>
                `${resourceName(one)} is also used by ${listed(one.flows.map(flowName), one.flows.length)}`,
        ),
        ...unseenLines(unseen),
    ];
}

function unseenLines(unseen: readonly string[]): string[] {
    const verb = unseen.length === 1 ? "uses" : "use";
    return unseen.length > 0
        ? [`what ${listed(unseen.map(shownName), MOST_FLOWS)} ${verb} could not be seen`]
        : [];
}

function resourceName({ resourceType, resourceId }: Resource): string {
    const type = shownName(resourceType.replaceAll("_", " ")).replace(/\bapi\b/, "API");
    return `${type} ${quoted(shownName(resourceId))}`;
}

function flowName({ flowId, name }: FlowName): string {
    return name === undefined ? shownName(flowId) : quoted(shownName(name));
}

/** `a`, `a and b`, `a, b and 3 more flows`. */
function listed(names: readonly string[], most: number): string {
    const more = names.length - most;
    const rest = more === 1 ? "1 more flow" : `${more} more flows`;
    const all = more > 0 ? [...names.slice(0, most), rest] : names;
    const [last, ...before] = [...all].reverse();
    return before.length > 0 ? `${before.reverse().join(", ")} and ${last}` : (last ?? "");
}

function foremostFirst(one: Shared["resources"][number], other: Shared["resources"][number]): number {
    return (
        placeOf(one) - placeOf(other) ||
        other.flows.length - one.flows.length ||
        compareTexts(keyOf(one), keyOf(other))
    );
}

function placeOf({ resourceType }: Resource): number {
    const place = FOREMOST.indexOf(resourceType);
    return place < 0 ? FOREMOST.length : place;
}
