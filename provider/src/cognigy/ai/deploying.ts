import { ReleaseError } from "../../release/failure.js";
import type { Version } from "../../release/inputs.js";
import { PlatformError } from "../errors.js";
import type { DeployRequest } from "../platform.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import { type Binding, bindingsIn, deploymentIdOf, sameBinding } from "./binding.js";
import { bindingOf, type EnvironmentBook } from "./environments.js";
import type { Freezing } from "./freezing.js";
import type { Snapshots } from "./snapshots.js";
import type { Switching } from "./switching.js";

interface DeployingParts {
    api: AiApi;
    environments: EnvironmentBook;
    switching: Switching;
    snapshots: Snapshots;
    freezing: Freezing;
}

/** Brings versions live and takes them back, by where the endpoints of an environment lead to. */
export class Deploying {
    constructor(private readonly parts: DeployingParts) {}

    /**
     * Lets endpoints lead to the version of a release.
     *
     * @param held the flow, and the snapshot of that version, where there is one.
     * @param before how the endpoints are now.
     * @returns the deployment's name.
     */
    async deploy(
        request: DeployRequest,
        { flow, snapshot: there }: { flow: answers.Flow; snapshot: answers.Snapshot | undefined },
        before: readonly answers.Endpoint[],
    ): Promise<string> {
        const { previous } = request;
        const snapshot = await this.parts.freezing.snapshotFor(request, flow, there);
        const wanted = await this.bindingsTo(snapshot, flow, before);
        const from = previous === undefined ? before.map(bindingOf) : (bindingsIn(previous) ?? []);
        await this.parts.switching.to(wanted, from);
        await this.expectStill(snapshot, wanted, from);
        return deploymentIdOf(wanted);
    }

    /** `completed` where all of its endpoints lead where it let them; undefined where they do not. */
    async status(deploymentId: string): Promise<string | undefined> {
        const bindings = bindingsIn(deploymentId) ?? [];
        const standing = await this.parts.switching.standing(bindings);
        return bindings.length > 0 && standing.length === bindings.length ? "completed" : undefined;
    }

    /** Whether some of its endpoints still lead where it let them. */
    async stands(deploymentId: string): Promise<boolean> {
        return (await this.parts.switching.standing(bindingsIn(deploymentId) ?? [])).length > 0;
    }

    /** Whether some of its endpoints still lead where it let them, and others do not. */
    async standsInPart(deploymentId: string): Promise<boolean> {
        const bindings = bindingsIn(deploymentId) ?? [];
        const standing = await this.parts.switching.standing(bindings);
        return standing.length > 0 && standing.length < bindings.length;
    }

    /** What was switched of a version, where that is not all of its environment. */
    async cutOff(
        { botId, versionTag, targetEnvironment }: Version,
        previous: string,
    ): Promise<string | undefined> {
        const [environment, snapshot] = await Promise.all([
            this.parts.environments.find(botId, targetEnvironment),
            this.parts.snapshots.find(botId, versionTag),
        ]);
        const now =
            environment && snapshot ? (await this.parts.switching.now(environment)).map(bindingOf) : [];
        const before = bindingsIn(previous) ?? [];
        const done = now.filter(
            (binding) =>
                binding.entrypoint === snapshot?._id && !before.some((one) => sameBinding(one, binding)),
        );
        return done.length > 0 && done.length < now.length ? deploymentIdOf(done) : undefined;
    }

    /** Lets endpoints lead back to where they led before. @returns whether one of them still led to the deployment. */
    async rollBack(deploymentId: string, previous?: string): Promise<boolean> {
        const standing = await this.parts.switching.standing(bindingsIn(deploymentId) ?? []);
        const [first] = standing;
        if (!first) {
            return false;
        }
        const call = `PATCH /new/v2.0/endpoints/${first.endpoint}`;
        const goal = previous === undefined || previous === deploymentId ? [] : (bindingsIn(previous) ?? []);
        const back = goal.filter(({ endpoint }) => standing.some((one) => one.endpoint === endpoint));
        for (const entrypoint of new Set(back.map((binding) => binding.entrypoint))) {
            await this.expectThere(entrypoint, call);
        }
        await this.parts.switching.back(standing, back);
        if (back.length < standing.length) {
            throw new PlatformError(
                "rejected",
                call,
                "what the endpoint led to before is written down nowhere. Switch it by hand, to a snapshot or to the draft.",
            );
        }
        return true;
    }

    /** Where the endpoints lead to when a snapshot is live: to its copy of the flow, in the language that they speak. */
    private async bindingsTo(
        snapshot: answers.Snapshot,
        flow: answers.Flow,
        endpoints: readonly answers.Endpoint[],
    ): Promise<Binding[]> {
        const [flows, locales] = await Promise.all([
            this.parts.snapshots.contents(snapshot._id, "flow"),
            this.parts.snapshots.contents(snapshot._id, "locale"),
        ]);
        const frozen =
            flows.find(({ referenceId }) => referenceId === flow.referenceId) ??
            flows.find(({ name }) => name === flow.name);
        if (!frozen) {
            throw new ReleaseError(
                `the snapshot ${snapshot.name} holds no flow ${flow.name}: choose another \`versionTag\`.`,
            );
        }
        return endpoints.map((endpoint) => ({
            endpoint: endpoint._id,
            entrypoint: snapshot._id,
            flowId: frozen.referenceId,
            localeId:
                (locales.find(({ referenceId }) => referenceId === endpoint.localeId) ?? locales[0])
                    ?.referenceId ?? "",
        }));
    }

    /** A snapshot may be deleted as long as no endpoint leads to it. */
    private async expectStill(
        { _id, name }: answers.Snapshot,
        wanted: readonly Binding[],
        before: readonly Binding[],
    ): Promise<void> {
        if (!(await this.parts.snapshots.exists(_id))) {
            await this.parts.switching.back(wanted, before);
            throw new ReleaseError(
                `somebody has deleted the snapshot ${name} while endpoints were switched to it. They lead to what they led ` +
                    "to before. Nothing was deployed. Run `pulumi up` again.",
            );
        }
    }

    private async expectThere(entrypoint: string, call: string): Promise<void> {
        const there =
            (await this.parts.snapshots.exists(entrypoint)) ||
            (await this.parts.api.find(`/projects/${part(entrypoint)}`, answers.project, {
                needs: "read the project",
            }));
        if (!there) {
            throw new PlatformError(
                "rejected",
                call,
                `the snapshot ${entrypoint}, which the endpoint led to before, is not there any more. Switch it by hand.`,
            );
        }
    }
}

/** @throws ReleaseError where an endpoint leads to another flow. */
export function expectSameFlow(flow: answers.Flow, endpoints: readonly answers.Endpoint[]): void {
    const other = endpoints.find(({ flowId }) => flowId !== flow.referenceId);
    if (other) {
        throw new ReleaseError(
            `endpoint "${other.name}" leads to ${other.flowId ? `another flow (${other.flowId})` : "no flow"}, not to ` +
                `${flow.name} (${flow.referenceId}). Nothing was deployed. Choose the flow on the endpoint once, in the editor, ` +
                "or declare another `targetEnvironment`.",
        );
    }
}
