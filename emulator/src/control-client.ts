import { AiControlClient } from "./ai/control-client";
import type { Access, DependencyRow, FlowDefinition, ResourceKind } from "./bots/definition";
import type { DeploymentScript } from "./bots/deployments";
import type { FlowPatch } from "./bots/flow-edits";
import type { PlatformState } from "./bots/platform";
import type { SimulationSettings } from "./bots/simulations";
import { type ControlCall, controlCallTo } from "./control-call";
import type { DefinitionData, HealthData } from "./data/platform-data";
import type { ActiveFault, FaultRule } from "./faults";
import type { RateLimitSettings } from "./rate-limit";
import type { RequestEntry } from "./request-log";

/** What somebody else deploys past the release. */
export interface DeploymentByHand {
    readonly flowId: string;
    readonly versionTag: string;
    readonly targetEnvironment: string;
    /** @default "" */
    readonly changelog?: string;
    /** How long it is in progress. @default 0, completed at once */
    readonly durationMs?: number;
}

/** The control API of a running emulator, one method per call. Every method throws `ControlError` when refused. */
export class ControlClient {
    /** What steers the Cognigy.AI contract. */
    readonly ai: AiControlClient;
    private readonly call: ControlCall;

    /** @param url where the emulator listens, such as `http://127.0.0.1:4010` */
    constructor(url: string) {
        this.call = controlCallTo(url);
        this.ai = new AiControlClient(this.call);
    }

    /** The API requests seen so far, oldest first; the last 100,000. */
    requests(): Promise<RequestEntry[]> {
        return this.call("GET", ["requests"]);
    }

    /** Forgets the requests seen so far; the numbering goes on. */
    clearRequests(): Promise<void> {
        return this.call("DELETE", ["requests"]);
    }

    /** Lets something go wrong with the requests that match. */
    addFault(rule: FaultRule): Promise<{ id: number }> {
        return this.call("POST", ["faults"], rule);
    }

    /** The faults that still wait for requests. */
    faults(): Promise<ActiveFault[]> {
        return this.call("GET", ["faults"]);
    }

    clearFaults(): Promise<void> {
        return this.call("DELETE", ["faults"]);
    }

    /** Limits the rate of API requests; null takes the limit away. */
    rateLimit(settings: RateLimitSettings | null): Promise<void> {
        return settings === null
            ? this.call("DELETE", ["rate-limit"])
            : this.call("PUT", ["rate-limit"], settings);
    }

    /**
     * Says how the next deployments through the API go. Scripts are used up in the order in which they come.
     * @param times for how many deployments. @default 1
     */
    deploymentScript(script: DeploymentScript, times = 1): Promise<void> {
        return this.call("POST", ["deployment-scripts"], { script, times });
    }

    /** Says what the next health probes of a bot answer. */
    health(botId: string, script: HealthData): Promise<void> {
        return this.call("PUT", ["bots", botId, "health"], script);
    }

    /** Makes a resource accessible, missing or forbidden. */
    setResource(botId: string, kind: ResourceKind, id: string, access: Access): Promise<void> {
        return this.call("PUT", ["bots", botId, "resources", kind, id], { access });
    }

    /** Replaces the example sentences of an intent. */
    setExamples(botId: string, intentId: string, examples: readonly string[]): Promise<void> {
        return this.call("PUT", ["bots", botId, "intents", intentId, "examples"], examples);
    }

    /** The draft of a flow. */
    getFlow(botId: string, flowId: string): Promise<FlowDefinition> {
        return this.call("GET", ["bots", botId, "flows", flowId]);
    }

    /** Replaces the draft of a flow, or adds a flow. */
    putFlow(botId: string, flowId: string, definition: DefinitionData): Promise<FlowDefinition> {
        return this.call("PUT", ["bots", botId, "flows", flowId], definition);
    }

    /** Changes nodes of a draft by merging; null removes a node, an unknown id adds one. */
    patchFlow(botId: string, flowId: string, patch: FlowPatch): Promise<FlowDefinition> {
        return this.call("PATCH", ["bots", botId, "flows", flowId], patch);
    }

    /** Appends dependency rows to a flow. */
    addDependencies(botId: string, flowId: string, rows: readonly DependencyRow[]): Promise<void> {
        return this.call("POST", ["bots", botId, "flows", flowId, "dependencies"], rows);
    }

    /** Says how the next simulations go; what is left out stays as it is. */
    simulation(settings: SimulationSettings): Promise<void> {
        return this.call("PATCH", ["simulation"], settings);
    }

    /** Deploys the draft past every release. */
    deployByHand(botId: string, deployment: DeploymentByHand): Promise<{ deploymentId: string }> {
        return this.call("POST", ["bots", botId, "deployments"], deployment);
    }

    /** Rolls a deployment back past every release. */
    rollbackByHand(deploymentId: string): Promise<{ rollbackId: string }> {
        return this.call("POST", ["deployments", deploymentId, "rollback"]);
    }

    /** Makes a deployment vanish. */
    forgetDeployment(deploymentId: string): Promise<void> {
        return this.call("DELETE", ["deployments", deploymentId]);
    }

    /** Lets all tokens expire that are out. */
    expireTokens(): Promise<void> {
        return this.call("DELETE", ["tokens"]);
    }

    /** Goes back to the state in which the emulator was started: also faults, limits, scripts and the request log. */
    reset(): Promise<void> {
        return this.call("POST", ["reset"]);
    }

    /** Clients (without secrets), deployments, what is live, what health probes will answer. */
    state(): Promise<PlatformState> {
        return this.call("GET", ["state"]);
    }
}
