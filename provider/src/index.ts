export {
    type ArtifactArgs,
    CognigyFlowRelease,
    type CognigyFlowReleaseArgs,
    type DependenciesArgs,
    type DeploymentArgs,
    type HealthArgs,
    type PromotionArgs,
    type ScenarioArgs,
    type SimulationArgs,
    type SnapshotsArgs,
    type TestCaseArgs,
    type UtteranceArgs,
} from "./resource.js";
