import * as pulumi from "@pulumi/pulumi";
import { CognigyFlowRelease } from "pulumi-cognigy";

// What each stack may set for itself, such as the ids of its tenant.
const config = new pulumi.Config();

const booking = new CognigyFlowRelease("booking", {
    botId: config.get("botId") ?? "bot_12345",
    flowId: config.get("flowId") ?? "flow_67890",
    versionTag: "v1.4.2",
    changelog: "Updated intent mapping for booking flow.",
    targetEnvironment: config.get("environment") ?? "production",
    simulation: {
        testCases: [
            { input: "book a flight", expectedIntent: "book_flight" },
            { input: "cancel reservation", expectedIntent: "cancel_reservation" },
        ],
    },
    artifact: { directory: "artifacts" },
});

export const deploymentId = booking.deploymentId;
