import type { Deployment } from "../cognigy/platform.js";
import type { Place, ReleaseInputs } from "../release/inputs.js";
import { shared } from "./glance.js";
import type { Pipeline } from "./pipeline.js";

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
    return standingIn(
        await platform.deployments(place.botId, "completed", place.targetEnvironment),
        place,
        except,
    );
}

/** How much of a deployment is what is live. */
export async function liveShare(
    { platform }: Pick<Pipeline, "platform">,
    place: Place,
    deploymentId: string,
): Promise<"all" | "part" | "none"> {
    const { live } = await standingAt({ platform }, place);
    if (live?.deploymentId === deploymentId) {
        return "all";
    }
    return live?.mixed && (await platform.stands(place.botId, deploymentId)) ? "part" : "none";
}

/** What a list of complete deployments tells of a flow in an environment. */
export function standingIn(completed: readonly Deployment[], place: Place, except?: string): Standing {
    const here = completed.filter((one) => isAt(one, place) && one.deploymentId !== except);
    return { live: newest(here), byTag: new Map(here.map((one) => [one.versionTag, one])) };
}

function isAt(deployment: Deployment, place: Place): boolean {
    return isOf(deployment, place.flowId) && isIn(deployment, place.targetEnvironment);
}

function isOf({ flowId, aliases }: Deployment, flow: string): boolean {
    return flowId === flow || aliases?.flows.includes(flow) === true;
}

function isIn({ targetEnvironment, aliases }: Deployment, environment: string): boolean {
    return targetEnvironment === environment || aliases?.environments.includes(environment) === true;
}

/** The ids of the other flows of a bot that are live in the same environment. */
export function neighboursIn(completed: readonly Deployment[], place: Place): string[] {
    const others = completed.filter((one) => isIn(one, place.targetEnvironment) && !isOf(one, place.flowId));
    return [...new Set(others.map(({ flowId }) => flowId))];
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

/** What is live in each place of a bot, by flow and environment. */
export function liveEverywhere(completed: readonly Deployment[]): Deployment[] {
    const places = new Map(
        completed.map((one) => [JSON.stringify([one.flowId, one.targetEnvironment]), one]),
    );
    return [...places.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([, place]) => standingIn(completed, place).live ?? []);
}

/** The complete deployments of a place, what is live first. */
export function newestFirst({ byTag }: Standing): Deployment[] {
    return [...byTag.values()]
        .reverse()
        .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

/** The complete deployments of a bot, asked once for all of its releases that are only looked at. */
export function glance(pipeline: Pipeline, botId: string): Promise<Deployment[]> {
    return shared(pipeline, botId, "completed", () => pipeline.platform.deployments(botId, "completed"));
}
