import { ReleaseError } from "../release/failure.js";
import { activeFreeze, freezeName } from "../release/freeze.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import type { Pipeline } from "./pipeline.js";

/**
 * Refuses a release inside a freeze, unless it breaks the glass.
 *
 * @throws ReleaseError that names the freeze.
 */
export function expectNoFreeze({ clock, freezeWindows }: Pipeline, release: ReleaseInputs): void {
    const freeze = activeFreeze(freezeWindows, release.targetEnvironment, clock.now());
    if (freeze && release.deployment.breakGlass === undefined) {
        throw new ReleaseError(
            `release ${releaseName(release)} is refused, freeze-window: ${freezeName(freeze)} holds now. Nothing was ` +
                "deployed. Wait until it is over, or set `deployment.breakGlass` to the reason why this cannot wait.",
        );
    }
}
