import { ReleaseError } from "./failure.js";
import { type ReleaseInputs, releaseName } from "./inputs.js";

/** The refusal of content that is not what was validated. */
export function contentChanged(inputs: ReleaseInputs, expected: string, found: string): ReleaseError {
    return new ReleaseError(
        `release ${releaseName(inputs)} is refused: the flow was edited after it was validated. ` +
            `Validated was ${expected}, the platform now has ${found}. Nothing was deployed. ` +
            "Run `pulumi preview` again to validate the flow as it is now.",
    );
}
