import * as pulumi from "@pulumi/pulumi";
import { CognigyFlowRelease } from "pulumi-cognigy";

// One stack for each environment, named like it, in the order in which a content goes through them.
const ORDER = ["development", "staging", "production"];
const environment = pulumi.getStack();
const before = ORDER[ORDER.indexOf(environment) - 1];

// The ids of the tenant, where they are others.
const config = new pulumi.Config();

const booking = new CognigyFlowRelease("booking", {
    botId: config.get("botId") ?? "bot_12345",
    flowId: config.get("flowId") ?? "flow_67890",
    versionTag: "v1.4.2",
    changelog: "Updated intent mapping for booking flow.",
    targetEnvironment: environment,
    simulation: {
        testCases: [
            { input: "book a flight", expectedIntent: "book_flight" },
            { input: "cancel reservation", expectedIntent: "cancel_reservation" },
        ],
    },
    promotedFrom: before === undefined ? undefined : releaseIn(before),
});

export const contentHash = booking.contentHash;
export const deployedAt = booking.deployedAt;

/** What the stack of another environment says of its release; nothing where none was made: then the rules refuse. */
function releaseIn(stack: string) {
    const before = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`);
    return pulumi
        .all([before.getOutput("contentHash"), before.getOutput("deployedAt")])
        .apply(([hash, at]) =>
            hash && at ? { environment: stack, contentHash: hash, deployedAt: at } : undefined,
        );
}
