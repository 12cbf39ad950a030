/** The type of a release in Pulumi's state. */
export const RELEASE_TYPE = "pulumi-nodejs:dynamic/cognigy:CognigyFlowRelease";
