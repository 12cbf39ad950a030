import {
    type Dependency,
    type DependencyReport,
    type DependencyState,
    dependencyReport,
} from "../release/gates.js";
import type { Listing } from "./listing.js";
import type { Pipeline } from "./pipeline.js";

/** Checks every dependency as soon as it is listed, side by side, each distinct resource once. */
export async function validate(
    { platform, limit }: Pipeline,
    botId: string,
    listing: Listing,
): Promise<DependencyReport> {
    const states = new Map<string, Promise<DependencyState>>();
    let failed = false;
    const check = async (dependency: Dependency): Promise<DependencyState> => {
        // After the first error the answers of the others are of no use.
        if (failed) {
            return "ok";
        }
        try {
            return await platform.dependencyState(botId, dependency);
        } catch (error) {
            failed = true;
            throw error;
        }
    };
    const stateOf = (dependency: Dependency) => {
        const key = JSON.stringify([dependency.resourceType, dependency.resourceId]);
        const state = states.get(key) ?? limit(() => check(dependency));
        states.set(key, state);
        // Its error is thrown below, when all are listed.
        state.catch(() => {});
        return state;
    };
    listing.forEach(stateOf);
    const all = await listing.all;
    const found = await Promise.all(
        all.map(async (dependency) => ({ dependency, state: await stateOf(dependency) })),
    );
    return dependencyReport(found);
}
