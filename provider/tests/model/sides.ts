import { aiSide } from "./ai-side.js";
import { botsSide } from "./bots-side.js";
import type { SideMaker } from "./platform-side.js";

/** The platforms that histories are played on. */
export const SIDES: readonly SideMaker[] = [botsSide, aiSide];

/** The side of a dialect. */
export function sideOf(api: string | undefined): SideMaker {
    const side = SIDES.find((one) => one.api === api);
    if (!side) {
        throw new Error(`expected ${SIDES.map((one) => one.api).join(" or ")}, not ${api}`);
    }
    return side;
}
