import type { Deployment } from "../cognigy/platform.js";
import type { ReleaseInputs } from "../release/inputs.js";
import type { Pipeline } from "./pipeline.js";

type Place = Pick<ReleaseInputs, "botId" | "flowId" | "targetEnvironment">;

/** What stands in an environment. */
export interface Standing {
    /** The newest deployment that is complete: what is live. */
    live: Deployment | undefined;
    /** The complete deployment of a version, by its tag. */
    byTag: ReadonlyMap<string, Deployment>;
}

/**
 * What is live for a flow in an environment, and which versions were.
 *
 * @param except a deployment that does not count: one that was just rolled back, whatever the list still says.
 */
export async function standingAt(
    { platform }: Pick<Pipeline, "platform">,
    place: Place,
    except?: string,
): Promise<Standing> {
    const completed = (await platform.deployments(place.botId, "completed")).filter(
        (one) => isAt(one, place) && one.deploymentId !== except,
    );
    return { live: newest(completed), byTag: new Map(completed.map((one) => [one.versionTag, one])) };
}

function isAt(deployment: Deployment, place: Place): boolean {
    return deployment.flowId === place.flowId && deployment.targetEnvironment === place.targetEnvironment;
}

/** Tells whether a deployment is of this very version. */
export function isVersion(
    deployment: Deployment,
    release: Place & Pick<ReleaseInputs, "versionTag">,
): boolean {
    return isAt(deployment, release) && deployment.versionTag === release.versionTag;
}

function newest(deployments: readonly Deployment[]): Deployment | undefined {
    return deployments.reduce<Deployment | undefined>(
        (best, one) => (best && Date.parse(best.createdAt) > Date.parse(one.createdAt) ? best : one),
        undefined,
    );
}
