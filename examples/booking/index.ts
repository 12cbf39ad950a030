import { CognigyFlowRelease } from "pulumi-cognigy";

const booking = new CognigyFlowRelease("booking", {
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.2",
    changelog: "Updated intent mapping for booking flow.",
    targetEnvironment: "production",
    simulation: {
        testCases: [
            { input: "book a flight", expectedIntent: "book_flight" },
            { input: "cancel reservation", expectedIntent: "cancel_reservation" },
        ],
    },
    artifact: { directory: "artifacts" },
});

export const deploymentId = booking.deploymentId;
