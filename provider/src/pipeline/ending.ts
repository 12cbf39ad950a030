import type { EventStatus, LedgerEvent } from "../ledger/event.js";
import type { Ledger } from "../ledger/ledger.js";
import { unlessRefused } from "../release/failure.js";
import type { Version } from "../release/inputs.js";
import { isOf } from "./history.js";
import type { Pipeline } from "./pipeline.js";

/**
 * What the ledger has of a deployment's release having ended so already: a run whose engine is gone may come to its end
 * after the one that took it up, and it is told once.
 *
 * @returns undefined also where the ledger cannot be read: whoever puts things back does not fail for that.
 */
export async function endedAs(
    { ledger }: Pick<Pipeline, "ledger">,
    version: Version,
    deploymentId: string,
    status: EventStatus,
): Promise<LedgerEvent | undefined> {
    const ending = await unlessRefused(endingOf(ledger, version, deploymentId));
    return ending?.status === status ? ending : undefined;
}

/**
 * How a deployment's release ended. One that a rollback has brought back is proved anew, and has no end yet; nor has one
 * that was begun again, where a platform names deployments after what they lead to.
 */
async function endingOf(
    ledger: Ledger,
    version: Version,
    deploymentId: string,
): Promise<LedgerEvent | undefined> {
    let ending: LedgerEvent | undefined;
    for await (const event of ledger.events({ botId: version.botId })) {
        const { action, details } = event;
        if (action === "deployment_execution" && details.deployment_id === deploymentId) {
            ending = event;
        } else if (action === "deployment_intent" && isOf(event, version)) {
            ending = undefined;
        } else if (action === "rollback_intent" && details.returns_to === deploymentId) {
            ending = undefined;
        }
    }
    return ending;
}
