import type { Clock } from "../../clock.js";
import { contentHash } from "../../release/content-hash.js";
import { ReleaseError } from "../../release/failure.js";
import { type ReleaseInputs, releaseName } from "../../release/inputs.js";
import type { DeployRequest } from "../platform.js";
import type * as answers from "./answers.js";
import { bindingsIn } from "./binding.js";
import type { EnvironmentBook } from "./environments.js";
import { describe, markedIn } from "./marker.js";
import type { Projects } from "./projects.js";
import { SNAPSHOT_LIMIT, SnapshotLimitReached, type Snapshots } from "./snapshots.js";
import type { Switching } from "./switching.js";
import type { Versions } from "./versions.js";

interface FreezingParts {
    snapshots: Snapshots;
    environments: EnvironmentBook;
    switching: Switching;
    projects: Projects;
    versions: Versions;
    clock: Clock;
}

/** Makes versions of drafts. */
export class Freezing {
    constructor(private readonly parts: FreezingParts) {}

    /** @throws ReleaseError where a release needs a new snapshot, and none can be made. */
    async expectRoom(release: ReleaseInputs): Promise<void> {
        if (release.snapshots?.prune !== true) {
            const all = await this.parts.snapshots.of(release.botId);
            if (all.length >= SNAPSHOT_LIMIT) {
                throw noRoom(release, all);
            }
        }
    }

    /** The snapshot of a release: one that is there, or the draft, frozen. */
    async snapshotFor(request: DeployRequest, flow: answers.Flow): Promise<answers.Snapshot> {
        const { release, contentHash: validated } = request;
        const { botId, versionTag, changelog, deployment } = release;
        const there = await this.parts.snapshots.find(botId, versionTag);
        if (there) {
            return there;
        }
        const marked = { flowId: flow.referenceId, contentHash: validated, nodesCount: request.nodesCount };
        const deadline = this.parts.clock.monotonic() + deployment.timeoutSeconds * 1000;
        const snapshot = await this.snapshotMade(request, describe(changelog, marked), deadline);
        // It freezes what the draft is when its task ends: later than anybody has looked.
        const frozen = await this.parts.versions.draft(await this.parts.projects.flow(botId, release.flowId));
        if (contentHash(frozen) !== validated && markedIn(snapshot.description)?.contentHash === validated) {
            await this.parts.snapshots.remove(snapshot._id);
        }
        expectContent(release, validated, contentHash(frozen));
        await this.parts.versions.keep(frozen);
        return snapshot;
    }

    private async snapshotMade(
        request: DeployRequest,
        description: string,
        deadline: number,
    ): Promise<answers.Snapshot> {
        const { release } = request;
        const { botId, versionTag, snapshots } = release;
        try {
            return await this.parts.snapshots.create(botId, versionTag, description, deadline);
        } catch (error) {
            if (!(error instanceof SnapshotLimitReached)) {
                throw error;
            }
        }
        const oldest = snapshots?.prune ? await this.dispensable(request) : undefined;
        if (!oldest) {
            throw noRoom(release, await this.parts.snapshots.of(botId));
        }
        await this.parts.snapshots.remove(oldest._id);
        return this.parts.snapshots.create(botId, versionTag, description, deadline);
    }

    /** The oldest snapshot that a release has made, that no endpoint leads to, and that nobody may want to go back to. */
    private async dispensable({ release, keep }: DeployRequest): Promise<answers.Snapshot | undefined> {
        const { botId } = release;
        const environments = await this.parts.environments.of(botId);
        const endpoints = (
            await Promise.all(environments.map((one) => this.parts.switching.now(one)))
        ).flat();
        const kept = keep.flatMap((id) => bindingsIn(id) ?? []);
        const wanted = new Set([...endpoints, ...kept].map(({ entrypoint }) => entrypoint));
        return (await this.parts.snapshots.of(botId))
            .filter(({ _id, description }) => !wanted.has(_id) && markedIn(description))
            .sort((one, other) => one.createdAt - other.createdAt)[0];
    }
}

function expectContent(release: ReleaseInputs, expected: string, found: string): void {
    if (found !== expected) {
        throw new ReleaseError(
            `release ${releaseName(release)} is refused: the flow was edited after it was validated. ` +
                `Validated was ${expected}, the platform now has ${found}. Nothing was deployed. ` +
                "Run `pulumi preview` again to validate the flow as it is now.",
        );
    }
}

function noRoom(release: ReleaseInputs, all: readonly answers.Snapshot[]): ReleaseError {
    return new ReleaseError(
        `release ${releaseName(release)} is refused: project ${release.botId} has ${all.length} snapshots, and no more are ` +
            "allowed. Nothing was deployed. Delete one that no endpoint leads to, or set `snapshots.prune: true`: then the " +
            "oldest one goes that a release has made, that is not live and that was not live before what is.",
    );
}
