import type { Access } from "../bots/definition";
import type { ControlCall } from "../control-call";
import type { NodeChange } from "./chart";
import type { ConversationScript } from "./conversations";
import type { EndpointPatch } from "./endpoints";
import type { AiState } from "./platform";
import type { QuotaSettings } from "./quota";
import type { ResourceType } from "./resource";
import type { SimulatorSettings } from "./simulator";
import type { SnapshotName } from "./snapshots";
import type { TaskScript } from "./tasks";
import type { Variants } from "./variants";

/**
 * The control API of the Cognigy.AI contract, one method per call. What a call speaks of is named by its `_id`, its
 * referenceId, its name, or as `<project>/<name>`. Every method throws `ControlError` when refused.
 */
export class AiControlClient {
    constructor(private readonly call: ControlCall) {}

    /** Projects, snapshots and what leads to them, endpoints and what they lead to, tasks, variants. */
    state(): Promise<AiState> {
        return this.call("GET", ["ai", "state"]);
    }

    /** Says which answers are given where the hosted product is not known for sure; the rest stays as it is. */
    variants(change: Partial<Variants>): Promise<void> {
        return this.call("PATCH", ["ai", "variants"], change);
    }

    /** Limits the requests; null takes the limit away. */
    quota(settings: QuotaSettings | null): Promise<void> {
        return this.call("PUT", ["ai", "quota"], settings);
    }

    /**
     * Says how the next tasks go. Scripts are used up in the order in which they come.
     * @param times for how many tasks. @default 1
     */
    taskScript(script: TaskScript, times = 1): Promise<void> {
        return this.call("POST", ["ai", "task-scripts"], { script, times });
    }

    /** Makes a snapshot past every release, at once. */
    snapshotByHand(
        project: string,
        name: Partial<SnapshotName> & { readonly name: string },
    ): Promise<{ _id: string }> {
        return this.call("POST", ["ai", "projects", project, "snapshots"], name);
    }

    /** Makes a snapshot vanish, whatever leads to it. */
    forgetSnapshot(snapshot: string): Promise<void> {
        return this.call("DELETE", ["ai", "snapshots", snapshot]);
    }

    /** Changes an endpoint past every release; its `entrypoint` may also be the name of a snapshot or project. */
    patchEndpoint(endpoint: string, patch: EndpointPatch): Promise<void> {
        return this.call("PATCH", ["ai", "endpoints", endpoint], patch);
    }

    /** Says what an endpoint answers to the next messages. */
    conversation(endpoint: string, script: ConversationScript): Promise<void> {
        return this.call("PUT", ["ai", "endpoints", endpoint, "conversation"], script);
    }

    /** Changes steps of a draft, by `_id` or label; null removes a step. */
    patchNodes(flow: string, nodes: Readonly<Record<string, NodeChange | null>>): Promise<void> {
        return this.call("PATCH", ["ai", "flows", flow, "nodes"], nodes);
    }

    /** Replaces the sentences of an intent; they count once the flow is trained. */
    setSentences(flow: string, intent: string, sentences: readonly string[]): Promise<void> {
        return this.call("PUT", ["ai", "flows", flow, "intents", intent, "sentences"], sentences);
    }

    /** Removes an intent; it is understood until the flow is trained. */
    removeIntent(flow: string, intent: string): Promise<void> {
        return this.call("DELETE", ["ai", "flows", flow, "intents", intent]);
    }

    /** Makes a resource accessible, missing or forbidden. */
    setAccess(type: ResourceType, name: string, access: Access): Promise<void> {
        return this.call("PUT", ["ai", "resources", type, name], { access });
    }

    /** Lets the provider of a language model refuse its credentials, with these words; null repairs them. */
    breakCredentials(model: string, problem: string | null): Promise<void> {
        return this.call("PUT", ["ai", "language-models", model, "credentials"], { problem });
    }

    /** Lets the asserts of playbook steps with these texts fail, whatever the flow does. */
    failPlaybookSteps(texts: readonly string[]): Promise<void> {
        return this.call("PATCH", ["ai", "playbooks"], { fail: texts });
    }

    /** Says how the next simulations go; what is left out stays as it is. */
    simulator(settings: SimulatorSettings): Promise<void> {
        return this.call("PATCH", ["ai", "simulator"], settings);
    }
}
