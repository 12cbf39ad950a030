// What others may build on without Pulumi: the form of a checked release, the rules of a freeze, and what credentials look like.
export type { Proof, Rejection, ReleaseContext } from "./context.js";
export { credentialIn } from "./credentials.js";
export { activeFreeze, type FreezeWindow, freezeName, parseFreezeWindows } from "./freeze.js";
export type { GateSummary } from "./gates.js";
export { DECLARED, type ReleaseInputs, releaseName } from "./inputs.js";
export type { CheckedFindings, CheckedInputs } from "./state.js";
export { RELEASE_TYPE } from "./type.js";
