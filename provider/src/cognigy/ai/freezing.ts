import type { Clock } from "../../clock.js";
import { contentChanged } from "../../release/content-changed.js";
import { contentHash } from "../../release/content-hash.js";
import { ReleaseError, unlessRefused } from "../../release/failure.js";
import { type ReleaseInputs, releaseName } from "../../release/inputs.js";
import type { DeployRequest } from "../platform.js";
import type * as answers from "./answers.js";
import { bindingsIn } from "./binding.js";
import { describe, markedIn } from "./marker.js";
import type { Projects } from "./projects.js";
import { type Made, SNAPSHOT_LIMIT, SnapshotLimitReached, type Snapshots } from "./snapshots.js";
import type { Standing } from "./standing.js";
import type { Versions } from "./versions.js";

interface FreezingParts {
    snapshots: Snapshots;
    standing: Standing;
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

    /**
     * The snapshot of a release: one that is there, or the draft, frozen. Looked at: it holds what was validated.
     *
     * @param there the snapshot of that name, where there is one.
     */
    async snapshotFor(
        request: DeployRequest,
        flow: answers.Flow,
        there: answers.Snapshot | undefined,
    ): Promise<answers.Snapshot> {
        const { botId } = request.release;
        if (there) {
            return this.looked(request, flow, there);
        }
        const { snapshot, isOwn } = await this.made(request, flow);
        // It freezes what the draft is when its task ends: later than anybody has looked.
        const now = await this.parts.projects.flow(botId, request.release.flowId);
        return isOwn ? this.frozen(request, now, snapshot) : this.looked(request, now, snapshot);
    }

    /** A snapshot that was there, or that somebody else may have made: it may hold anything. */
    private async looked(
        { release, contentHash: validated }: DeployRequest,
        flow: answers.Flow,
        snapshot: answers.Snapshot,
    ): Promise<answers.Snapshot> {
        const { versions } = this.parts;
        const held = { projectId: release.botId, flow, snapshot };
        const version = await versions.frozen(held);
        expectContent(release, validated, contentHash(version));
        await versions.keep(held, version);
        return snapshot;
    }

    /** A snapshot that was just made here. One that froze something else does not stay. */
    private async frozen(
        { release, contentHash: validated }: DeployRequest,
        flow: answers.Flow,
        snapshot: answers.Snapshot,
    ): Promise<answers.Snapshot> {
        const { versions, snapshots } = this.parts;
        const draft = await versions.draft(flow);
        if (contentHash(draft) !== validated) {
            // One that cannot be removed is looked at by who finds it.
            await unlessRefused(snapshots.remove(snapshot._id));
        }
        expectContent(release, validated, contentHash(draft));
        await versions.keep({ projectId: release.botId, flow, snapshot }, draft);
        return snapshot;
    }

    private async made(request: DeployRequest, flow: answers.Flow): Promise<Made> {
        const { release } = request;
        const { botId, versionTag, changelog, snapshots, deployment } = release;
        const marked = {
            flowId: flow.referenceId,
            contentHash: request.contentHash,
            nodesCount: request.nodesCount,
        };
        const deadline = this.parts.clock.monotonic() + deployment.timeoutSeconds * 1000;
        const make = () =>
            this.parts.snapshots.create(botId, versionTag, describe(changelog, marked), deadline);
        const made = await orLimit(make());
        if (made) {
            return made;
        }
        const oldest = snapshots?.prune ? await this.dispensable(request) : undefined;
        if (oldest) {
            await this.parts.snapshots.remove(oldest._id);
        }
        // Somebody else may have been faster to use the room.
        const second = oldest && (await orLimit(make()));
        if (!second) {
            throw noRoom(release, await this.parts.snapshots.of(botId));
        }
        return second;
    }

    /** The oldest snapshot that a release has made, that no endpoint leads to, and that nobody may want to go back to. */
    private async dispensable({ release, keep }: DeployRequest): Promise<answers.Snapshot | undefined> {
        const { botId } = release;
        const endpoints = await this.parts.standing.bound(botId);
        const kept = keep.flatMap((id) => bindingsIn(id) ?? []);
        const wanted = new Set([...endpoints, ...kept].map(({ entrypoint }) => entrypoint));
        return (await this.parts.snapshots.of(botId))
            .filter(({ _id, description }) => !wanted.has(_id) && markedIn(description))
            .sort((one, other) => one.createdAt - other.createdAt)[0];
    }
}

/** @returns undefined where there is no room. */
function orLimit(making: Promise<Made>): Promise<Made | undefined> {
    return making.catch((error: unknown) => {
        if (error instanceof SnapshotLimitReached) {
            return undefined;
        }
        throw error;
    });
}

function expectContent(release: ReleaseInputs, expected: string, found: string): void {
    if (found !== expected) {
        throw contentChanged(release, expected, found);
    }
}

function noRoom(release: ReleaseInputs, all: readonly answers.Snapshot[]): ReleaseError {
    return new ReleaseError(
        `release ${releaseName(release)} is refused: project ${release.botId} has ${all.length} snapshots, and no more are ` +
            "allowed. Nothing was deployed. Delete one that no endpoint leads to, or set `snapshots.prune: true`: then the " +
            "oldest one goes that a release has made, that is not live and that was not live before what is.",
    );
}
