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
