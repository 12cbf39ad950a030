export {
    type ArtifactArgs,
    CognigyFlowRelease,
    type CognigyFlowReleaseArgs,
    type DependenciesArgs,
    type DeploymentArgs,
    type HealthArgs,
    type PromotionArgs,
    type SimulationArgs,
    type TestCaseArgs,
} from "./resource.js";
