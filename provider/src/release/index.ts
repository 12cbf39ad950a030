// What others may build on without Pulumi: the form of a checked release, the comparison of flows, the rules of a freeze, and
// what credentials look like.
export type { Impact, Proof, Rejection, ReleaseContext } from "./context.js";
export { credentialIn } from "./credentials.js";
export {
    type Change,
    type ChangeKind,
    type FlowDiff,
    RISKS,
    type Risk,
    type Touched,
} from "./diff/change.js";
export { linesOf } from "./diff/cut.js";
export { diffFlows } from "./diff/diff.js";
export type { FlowDefinition, FlowNode } from "./flow.js";
export { activeFreeze, type FreezeWindow, freezeName, parseFreezeWindows } from "./freeze.js";
export type { GateSummary } from "./gates.js";
export { releaseIn } from "./given-release.js";
export { DECLARED, type ReleaseInputs, releaseName } from "./inputs.js";
export type { SharedUse } from "./shared.js";
export type { CheckedFindings, CheckedInputs } from "./state.js";
export { RELEASE_TYPE } from "./type.js";
