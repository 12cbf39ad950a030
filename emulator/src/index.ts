export type { NodeChange } from "./ai/chart";
export type { AiControlClient } from "./ai/control-client";
export type { ConversationScript, ScriptedAnswer } from "./ai/conversations";
export type { AiData, OauthClientData, UserData } from "./ai/data/ai-data";
export { demoUser } from "./ai/data/demo-user";
export type { EndpointPatch } from "./ai/endpoints";
export type {
    AiPlatform,
    AiState,
    EndpointState,
    ProjectState,
    SnapshotState,
    TaskState,
} from "./ai/platform";
export type { QuotaSettings } from "./ai/quota";
export type { ResourceType } from "./ai/resource";
export type { SimulatorSettings } from "./ai/simulator";
export type { SnapshotName } from "./ai/snapshots";
export type { TaskScript, TaskStatus, Timing } from "./ai/tasks";
export { defaultVariants, type Variants } from "./ai/variants";
export type {
    Access,
    DependencyRow,
    FlowDefinition,
    FlowNode,
    Intent,
    ResourceKind,
} from "./bots/definition";
export type {
    DeploymentItem,
    DeploymentRecord,
    DeploymentScript,
    DeploymentStatus,
    LiveVersion,
} from "./bots/deployments";
export type { FlowPatch } from "./bots/flow-edits";
export type { BotsPlatform, HealthReport, PlatformState } from "./bots/platform";
export type { Scope } from "./bots/scopes";
export type { SimulationResults, SimulationSettings, SimulationStep, TestCase } from "./bots/simulations";
export { type Clock, systemClock } from "./clock";
export { ControlError } from "./control-call";
export { ControlClient, type DeploymentByHand } from "./control-client";
export { demoClient } from "./data/demo-client";
export { bookingDataFile, DataError } from "./data/load";
export type {
    BotData,
    ClientData,
    DefinitionData,
    DeploymentData,
    FlowData,
    HealthData,
    IntentData,
    PlatformData,
    ResourceData,
} from "./data/platform-data";
export { type Emulator, type EmulatorOptions, startEmulator } from "./emulator";
export type {
    ActiveFault,
    DropFault,
    Fault,
    FaultBook,
    FaultRule,
    LatencyFault,
    MalformedFault,
    StatusFault,
    TruncateFault,
} from "./faults";
export type { Json, JsonObject } from "./json";
export { ManualClock } from "./manual-clock";
export type { RateLimitSettings } from "./rate-limit";
export type { RequestEntry } from "./request-log";
