import pLimit, { type LimitFunction } from "p-limit";
import { forgetGlance } from "./glance.js";
import type { Pipeline } from "./pipeline.js";

const turns = new Map<string, LimitFunction>();

/**
 * Runs the releases of one bot one after another, in this process: the health of a bot tells of a release only while no
 * other one is on its way. Releases of other processes are kept apart by the platform's own refusal.
 */
export function inTurn<T>(pipeline: Pipeline, botId: string, task: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([pipeline.platform.address, botId]);
    const turn = turns.get(key) ?? pLimit(1);
    turns.set(key, turn);
    return turn(() => task().finally(() => forgetGlance(pipeline, botId)));
}
