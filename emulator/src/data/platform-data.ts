import type { AiData } from "../ai/data/ai-data";
import type { Access, DependencyRow, FlowNode } from "../bots/definition";
import type { DeploymentStatus } from "../bots/deployments";
import type { Scope } from "../bots/scopes";
import type { Json } from "../json";

/** The data file. Everything that is optional has a default, so that a file by hand may be short. */
export interface PlatformData {
    /** @default 3600 */
    readonly tokenLifetimeSeconds?: number;
    /** How long a simulation takes. @default 150 */
    readonly simulationMs?: number;
    /** How long a deployment takes. @default 300 */
    readonly deploymentMs?: number;
    /** Who may ask for tokens. @default the demo client, with all scopes */
    readonly clients?: readonly ClientData[];
    readonly bots: readonly BotData[];
    /** What the Cognigy.AI contract needs beside the bots. */
    readonly ai?: AiData;
}

/** Who may ask for tokens. */
export interface ClientData {
    readonly clientId: string;
    readonly clientSecret: string;
    /** @default https://api.cognigy.com */
    readonly audience?: string;
    /** @default all */
    readonly scopes?: readonly Scope[];
}

/** A bot with all that belongs to it. */
export interface BotData {
    readonly id: string;
    /** @default the id */
    readonly name?: string;
    readonly intents?: readonly IntentData[];
    readonly entities?: readonly ResourceData[];
    readonly externalApis?: readonly ResourceData[];
    readonly resources?: readonly ResourceData[];
    readonly flows?: readonly FlowData[];
    /** What was deployed before the emulator started. */
    readonly deployments?: readonly DeploymentData[];
    readonly health?: HealthData;
}

/** Something that a flow may need. Beside these fields it may hold anything. */
export interface ResourceData {
    readonly id: string;
    /** @default ok */
    readonly access?: Access;
    readonly [field: string]: Json;
}

/** An intent and the sentences that people say when they mean it. */
export interface IntentData {
    readonly id: string;
    /** @default the id */
    readonly name?: string;
    readonly examples?: readonly string[];
    /** @default ok */
    readonly access?: Access;
}

/** The content of a flow. Beside these fields it may hold anything. */
export interface DefinitionData {
    readonly id: string;
    /** @default the id */
    readonly name?: string;
    /** @default 2026-01-01T00:00:00Z */
    readonly updated_at?: string;
    readonly nodes?: readonly FlowNode[];
    readonly [field: string]: unknown;
}

/** The draft of a flow, and what it needs. */
export interface FlowData extends DefinitionData {
    readonly dependencies?: readonly DependencyRow[];
}

/** A deployment of the past, or one that is in progress when the emulator starts. */
export interface DeploymentData {
    readonly deploymentId: string;
    readonly flowId: string;
    readonly versionTag: string;
    readonly targetEnvironment: string;
    /** @default completed */
    readonly status?: DeploymentStatus;
    readonly changelog?: string;
    readonly createdBy?: string;
    /** @default 2026-01-01T00:00:00Z */
    readonly createdAt?: string;
    readonly completedAt?: string;
    /** The flow as it went live. @default the draft */
    readonly snapshot?: DefinitionData;
}

/** What health probes answer, one after the other. */
export interface HealthData {
    readonly sequence: readonly boolean[];
    /** What they answer after that. @default true */
    readonly then?: boolean;
}
