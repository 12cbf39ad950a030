import type { Clock } from "../clock";
import type { JsonObject } from "../json";
import { Refusal } from "../refusal";
import type { Entrypoints } from "./entrypoints";
import type { Project } from "./project";
import { type Binding, byReference, type Endpoint } from "./resource";
import { secondsOf } from "./time";
import type { VariantBook } from "./variants";

/** Any fields of an endpoint. */
export type EndpointPatch = Partial<Binding> & {
    readonly name?: string;
    readonly channel?: string;
    readonly active?: boolean;
} & JsonObject;

/** Changes endpoints, at once. */
export class Endpoints {
    constructor(
        private readonly entrypoints: Entrypoints,
        private readonly variants: VariantBook,
        private readonly clock: Clock,
    ) {}

    /** @throws Refusal when what it is to lead to does not exist, if that is checked */
    patch(project: Project, endpoint: Endpoint, patch: EndpointPatch, userId: string): Endpoint {
        const { name, channel, active, entrypoint, flowId, localeId, ...settings } = patch;
        const now = this.clock.now();
        const changed: Endpoint = {
            ...endpoint,
            name: name ?? endpoint.name,
            channel: channel ?? endpoint.channel,
            active: active ?? endpoint.active,
            entrypoint: entrypoint ?? endpoint.entrypoint,
            flowId: flowId ?? endpoint.flowId,
            localeId: localeId ?? endpoint.localeId,
            settings: { ...endpoint.settings, ...settings },
            lastChanged: secondsOf(now),
            lastChangedBy: userId,
        };
        if (this.variants.now.endpointReferences === "checked") {
            this.refuseDangling(project, changed);
        }
        const result = isSameBinding(changed, endpoint)
            ? changed
            : { ...changed, before: bindingOf(endpoint), boundAt: now };
        project.put(result);
        return result;
    }

    private refuseDangling(project: Project, { entrypoint, flowId, localeId }: Binding): void {
        const content = this.entrypoints.open(entrypoint);
        if (content?.project !== project) {
            throw Refusal.invalid(
                `entrypoint "${entrypoint}" is no snapshot of this project, nor the project.`,
            );
        }
        if (flowId !== "" && byReference(content.resources, "flow", flowId) === undefined) {
            throw Refusal.invalid(`flowId "${flowId}" is no referenceId of a flow in the entrypoint.`);
        }
        if (byReference(content.resources, "locale", localeId) === undefined) {
            throw Refusal.invalid(`localeId "${localeId}" is no referenceId of a locale in the entrypoint.`);
        }
    }
}

function bindingOf({ entrypoint, flowId, localeId }: Binding): Binding {
    return { entrypoint, flowId, localeId };
}

function isSameBinding(one: Binding, other: Binding): boolean {
    return (
        one.entrypoint === other.entrypoint && one.flowId === other.flowId && one.localeId === other.localeId
    );
}
