import { isPlatformError } from "../cognigy/errors.js";
import { backoff } from "../cognigy/http/backoff.js";
import type { Deployment, DeployRequest } from "../cognigy/platform.js";
import { ReleaseError } from "../release/failure.js";
import { type ReleaseInputs, releaseName } from "../release/inputs.js";
import { isInLedger } from "./history.js";
import { isVersion } from "./live.js";
import type { Pipeline } from "./pipeline.js";
import { poll } from "./poll.js";

/** How often a deployment is sent anew when its answer was lost and it is not to be found. */
const TRIES = 3;

/**
 * Waits until no other deployment of the bot is in progress.
 *
 * @throws ReleaseError when `deployment.onConflict` is `fail`, or the time is over.
 */
export async function freeSlot(pipeline: Pipeline, release: ReleaseInputs): Promise<void> {
    const { onConflict, timeoutSeconds } = release.deployment;
    let other: Deployment | undefined;
    await poll(pipeline, onConflict === "wait" ? timeoutSeconds : 0, async () => {
        const [busy] = await pipeline.platform.deployments(release.botId, "in_progress");
        if (busy && busy.deploymentId !== other?.deploymentId && onConflict === "wait") {
            pipeline.progress(`waiting for ${describe(busy)}, which is in progress`);
        }
        other = busy;
        return busy ? undefined : true;
    });
    if (other) {
        const waited = onConflict === "wait" ? ` and was still so after ${timeoutSeconds} s` : "";
        throw new ReleaseError(
            `release ${releaseName(release)} was not deployed: ${describe(other)} is in progress${waited}. ` +
                "Run `pulumi up` again when it has ended" +
                (onConflict === "wait"
                    ? ", or raise `deployment.timeoutSeconds`."
                    : ', or set `deployment.onConflict: "wait"`.'),
        );
    }
}

/**
 * Starts a deployment, once. When the answer is lost, the deployment is looked up before it is sent again.
 *
 * @param request a version that has no deployment yet: one that is there afterwards is this one.
 * @param makeSure looks, before it is sent again, whether what was validated is still what would be deployed.
 * @returns the deployment's id; undefined when another deployment took the slot first, and nothing was started.
 */
export async function startDeployment(
    pipeline: Pipeline,
    request: DeployRequest,
    makeSure: () => Promise<unknown>,
): Promise<string | undefined> {
    const { release } = request;
    const { platform, clock, random } = pipeline;
    let lost = false;
    for (let attempt = 1; ; attempt += 1) {
        try {
            return await platform.deploy(request);
        } catch (error) {
            if (!isPlatformError(error) || !(error.outcomeUnknown || error.kind === "conflict")) {
                throw error;
            }
            lost ||= error.outcomeUnknown;
            const started = await deploymentOf(pipeline, release);
            if (started && lost) {
                return started.deploymentId;
            }
            if (started) {
                // Somebody else was there first, with the same tag.
                throw tagTaken(release, started, undefined);
            }
            const failed = lost ? await failedUnheard(pipeline, release) : undefined;
            if (failed) {
                return failed.deploymentId;
            }
            if (error.kind === "conflict") {
                if ((await platform.deployments(release.botId, "in_progress")).length > 0) {
                    return undefined;
                }
                throw new ReleaseError(
                    `release ${releaseName(release)} was not deployed: ${error.message} ` +
                        "The version tag has been used before: choose a new `versionTag`.",
                );
            }
            if (attempt === TRIES) {
                throw error;
            }
            await clock.sleep(backoff(attempt + 2, random()));
            await makeSure();
        }
    }
}

/**
 * Waits for the end of a deployment.
 *
 * @returns `unfinished` when the time was over first, `gone` when there is no such deployment any more. A platform's own
 * words are ways of being on the way, but for `rolled_back`: what was taken back does not come to an end.
 */
export async function deploymentEnd(
    pipeline: Pipeline,
    deploymentId: string,
    timeoutSeconds: number,
): Promise<"completed" | "failed" | "rolled_back" | "gone" | "unfinished"> {
    const end = await poll(pipeline, timeoutSeconds, async () => {
        const status = await pipeline.platform.deploymentStatus(deploymentId);
        return status === undefined
            ? "gone"
            : status === "completed" || status === "failed" || status === "rolled_back"
              ? status
              : undefined;
    });
    return end ?? "unfinished";
}

/** The deployment of a version that is complete or in progress, if there is one. */
export async function deploymentOf(
    { platform }: Pick<Pipeline, "platform">,
    release: ReleaseInputs,
): Promise<Deployment | undefined> {
    // One after the other: what is complete in the meantime is in one of them.
    for (const status of ["in_progress", "completed"] as const) {
        const deployments = await platform.deployments(release.botId, status);
        const found = deployments.find((one) => isVersion(one, release));
        if (found) {
            return found;
        }
    }
    return undefined;
}

/** A deployment of a version that failed before anybody heard of it: no event in the ledger names it. */
async function failedUnheard(
    { platform, ledger }: Pick<Pipeline, "platform" | "ledger">,
    release: ReleaseInputs,
): Promise<Deployment | undefined> {
    const failed = (await platform.deployments(release.botId, "failed")).filter((one) =>
        isVersion(one, release),
    );
    for (const one of failed) {
        if (!(await isInLedger(ledger, { ...release, deploymentId: one.deploymentId }))) {
            return one;
        }
    }
    return undefined;
}

/** The refusal of a version tag that stands for another deployment. */
export function tagTaken(
    release: ReleaseInputs,
    taken: Deployment,
    live: Deployment | undefined,
): ReleaseError {
    const back =
        live && live.deploymentId !== taken.deploymentId
            ? `, or roll deployment ${live.deploymentId} (${live.versionTag}, live now) back on the platform and run \`pulumi refresh\``
            : "";
    return new ReleaseError(
        `release ${releaseName(release)} cannot be deployed: the version tag ${release.versionTag} is taken by ` +
            `deployment ${taken.deploymentId} of ${taken.createdAt}, and a tag is deployed once. Nothing was deployed. ` +
            `Choose a new \`versionTag\`${back}.`,
    );
}

function describe({ deploymentId, versionTag, flowId, targetEnvironment, description }: Deployment): string {
    return (
        description ?? `deployment ${deploymentId} (${versionTag} of flow ${flowId} to ${targetEnvironment})`
    );
}
