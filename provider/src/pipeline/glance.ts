import type { Platform } from "../cognigy/platform.js";
import type { Pipeline } from "./pipeline.js";

/** How long a glance counts, in milliseconds. */
const GLANCE = 30_000;

interface Glance {
    until: number;
    seen: Promise<unknown>;
}

/** By bot, and by what of it was looked at. */
const glances = new WeakMap<Platform, Map<string, Map<string, Glance>>>();

/**
 * Looks at something of a bot, once for all of its releases that are only looked at.
 *
 * @param what names it, always the same for the same type.
 */
export function shared<T>(
    pipeline: Pick<Pipeline, "platform" | "clock">,
    botId: string,
    what: string,
    look: () => Promise<T>,
): Promise<T> {
    const bots = glances.get(pipeline.platform) ?? new Map<string, Map<string, Glance>>();
    glances.set(pipeline.platform, bots);
    const ofBot = bots.get(botId) ?? new Map<string, Glance>();
    bots.set(botId, ofBot);
    const now = pipeline.clock.monotonic();
    const last = ofBot.get(what);
    if (last && now < last.until) {
        return last.seen as Promise<T>;
    }
    const seen = look();
    ofBot.set(what, { until: now + GLANCE, seen });
    // What failed is asked again.
    seen.catch(() => ofBot.delete(what));
    return seen;
}

/** What is seen after a release or a rollback is not what was seen before. */
export function forgetGlance(pipeline: Pick<Pipeline, "platform">, botId: string): void {
    glances.get(pipeline.platform)?.delete(botId);
}
