import * as z from "zod";
import type { Deployment } from "../cognigy/platform.js";
import { digest } from "../release/canonical.js";
import { compareTexts } from "../release/diff/order.js";
import { unlessRefused } from "../release/failure.js";
import type { FlowReference } from "../release/flow.js";
import type { Dependency } from "../release/gates.js";
import type { Place } from "../release/inputs.js";
import {
    type FlowName,
    namedIn,
    type OtherFlow,
    type Shared,
    sharedWith,
    withNames,
} from "../release/shared.js";
import { type Comparison, keyOf, type Resource, touching } from "../release/touching.js";
import { within } from "../within.js";
import { shared } from "./glance.js";
import { Listing } from "./listing.js";
import { neighboursIn } from "./live.js";
import type { Pipeline } from "./pipeline.js";

/** Of more flows than this it is not looked what they use. */
const MOST_FLOWS = 50;
/** How long a release waits for what other flows use, in milliseconds: it is for people to know, and stops nothing. */
const PATIENCE = 15_000;

const resources = z.array(z.object({ resourceType: z.string(), resourceId: z.string() }));

/** What is asked of the other flows of a bot. */
export interface Question extends Omit<Comparison, "listed"> {
    /** What the next flow needs, and where: left out where that is not known. */
    listed?: (() => Promise<readonly Dependency[]>) | undefined;
    /** The complete deployments of the bot in the environment: what other flows are live there. */
    completed: readonly Deployment[];
    /** Whether all flows are told by their names, rather than those that a line for people names. */
    namingAll?: boolean;
}

/**
 * Finds what a release touches that other flows of the bot use too. Nothing that goes wrong stops the release: what could
 * not be seen is told.
 *
 * @returns undefined where nothing is touched, or there is no other flow.
 */
export async function sharedWithOthers(
    pipeline: Pipeline,
    place: Place,
    { diff, live, next, listed, completed, namingAll = false }: Question,
): Promise<Shared | undefined> {
    const others = diff.touched.length === 0 ? [] : await othersBeside(pipeline, place, completed);
    if (others.length === 0) {
        return undefined;
    }
    const { botId } = place;
    const [own, seen] = await Promise.all([
        unlessRefused(listed?.() ?? Promise.resolve(undefined)),
        Promise.all(others.slice(0, MOST_FLOWS).map(({ flowId }) => lookAt(pipeline, { botId, flowId }))),
    ]);
    const found = sharedWith(
        [...seen, ...others.slice(MOST_FLOWS).map(({ flowId }) => ({ flowId }))],
        touching({ diff, live, next, listed: own }),
    );
    const naming = new Set(namedIn(found, namingAll));
    const names = await Promise.all(
        others
            .filter(({ flowId }) => naming.has(flowId))
            .map(
                async ({ flowId, name }): Promise<[string, string]> => [
                    flowId,
                    name ?? (await nameOf(pipeline, { botId, flowId })) ?? "",
                ],
            ),
    );
    return withNames(found, new Map(names.filter(([, name]) => name !== "")));
}

/** The other flows of a bot, by their ids in order: all that the platform lists, else those that are live beside this one. */
async function othersBeside(
    pipeline: Pipeline,
    place: Place,
    completed: readonly Deployment[],
): Promise<FlowName[]> {
    const { botId, flowId } = place;
    const all = await shared(pipeline, botId, "flows", () => unlessRefused(pipeline.platform.flows(botId)));
    const others: FlowName[] = all
        ? all.filter((one) => one.flowId !== flowId && !one.aliases.includes(flowId))
        : neighboursIn(completed, place).map((id) => ({ flowId: id }));
    return others.toSorted((one, other) => compareTexts(one.flowId, other.flowId));
}

/** What a flow needs of the platform's resources, each once: found out once for a while, and not again at once after a refusal. */
async function lookAt(pipeline: Pipeline, reference: FlowReference): Promise<OtherFlow> {
    const { flowId } = reference;
    const uses = await ofAnother(pipeline, reference, "uses", resources, async () =>
        distinct(await new Listing(pipeline, reference).all),
    );
    return uses ? { flowId, uses } : { flowId };
}

/** What a flow is called; undefined where it has no name, or could not be asked. */
function nameOf(pipeline: Pipeline, reference: FlowReference): Promise<string | undefined> {
    return ofAnother(
        pipeline,
        reference,
        "name",
        z.string(),
        async () => (await pipeline.platform.flow(reference)).name ?? "",
    );
}

function ofAnother<T>(
    pipeline: Pipeline,
    { botId, flowId }: FlowReference,
    what: string,
    shape: z.ZodType<T>,
    ask: () => Promise<T>,
): Promise<T | undefined> {
    const { cache, platform, limit } = pipeline;
    const key = digest([what, platform.address, botId, flowId]).slice("sha256:".length);
    return shared(pipeline, botId, `${what} of flow ${flowId}`, () =>
        within(PATIENCE, unlessRefused(cache.obtain(key, shape, () => limit(ask)))),
    );
}

function distinct(listed: readonly Dependency[]): Resource[] {
    const byKey = new Map(
        listed.map(({ resourceType, resourceId }) => {
            const resource = { resourceType, resourceId };
            return [keyOf(resource), resource];
        }),
    );
    return [...byKey.values()];
}
