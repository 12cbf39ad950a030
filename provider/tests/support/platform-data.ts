import type { DefinitionData, HealthData, PlatformData } from "cognigy-emulator";

export const CLIENT_ID = "client-of-the-tests";
export const CLIENT_SECRET = "s3cret-of-the-tests";

/** The flow as it stands in the editor. */
export function flowDraft(id = "flow_67890"): DefinitionData {
    return {
        id,
        name: "Booking",
        updated_at: "2026-01-02T03:04:05Z",
        nodes: [
            { id: "n1", type: "start", next: "n2" },
            {
                id: "n2",
                type: "intentRouter",
                label: "Route",
                next: ["n3", "n4"],
                config: { intents: ["book_flight", "cancel_reservation"] },
            },
            { id: "n3", type: "say", label: "Book", next: null, config: { text: "Where to, please?" } },
            { id: "n4", type: "say", label: "Cancel", next: null, config: { text: "Cancelled." } },
        ],
    };
}

/** The flow as it went live with v1.4.1. */
export function flowOfV141(): DefinitionData {
    const draft = flowDraft();
    return {
        ...draft,
        nodes: (draft.nodes ?? []).map((node) =>
            node.id === "n3" ? { ...node, config: { text: "Where to?" } } : node,
        ),
    };
}

/** A bot whose v1.4.1 is live, and another one that nothing was ever released of. */
export function platformData(): PlatformData {
    const intents = [
        { id: "book_flight", examples: ["book a flight", "buy plane tickets"] },
        { id: "cancel_reservation", examples: ["cancel my reservation", "call off my journey"] },
    ];
    return {
        simulationMs: 150,
        deploymentMs: 300,
        clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
        bots: [
            {
                id: "bot_12345",
                name: "Travel assistant",
                intents,
                entities: [{ id: "city" }],
                externalApis: [{ id: "booking_service" }],
                resources: [{ id: "tpl_hello" }],
                flows: [
                    {
                        ...flowDraft(),
                        dependencies: [
                            {
                                resourceType: "intent",
                                resourceId: "book_flight",
                                referencePath: "n2.intents[0]",
                            },
                            {
                                resourceType: "intent",
                                resourceId: "cancel_reservation",
                                referencePath: "n2.intents[1]",
                            },
                            { resourceType: "entity", resourceId: "city", referencePath: "n3.entity" },
                            {
                                resourceType: "external_api",
                                resourceId: "booking_service",
                                referencePath: "n3.api",
                            },
                            {
                                resourceType: "template",
                                resourceId: "tpl_hello",
                                referencePath: "n3.template",
                            },
                            { resourceType: "entity", resourceId: "city", referencePath: "n4.entity" },
                        ],
                    },
                ],
                deployments: [
                    {
                        deploymentId: "dep_141",
                        flowId: "flow_67890",
                        versionTag: "v1.4.1",
                        targetEnvironment: "production",
                        createdAt: "2026-01-01T08:00:00.000Z",
                        snapshot: flowOfV141(),
                    },
                ],
            },
            { id: "bot_2", intents, flows: [flowDraft("flow_2")] },
        ],
    };
}

/** What a program declares: version v1.4.2 over the live v1.4.1. */
export function releaseArgs(changes: Record<string, unknown> = {}): Record<string, unknown> {
    return {
        botId: "bot_12345",
        flowId: "flow_67890",
        versionTag: "v1.4.2",
        changelog: "Updated intent mapping for booking flow.",
        targetEnvironment: "production",
        simulation: {
            testCases: [
                { input: "book a flight", expectedIntent: "book_flight" },
                { input: "cancel my reservation", expectedIntent: "cancel_reservation" },
            ],
        },
        ...changes,
    };
}

/** What the next health probes answer, and what they answer after that. */
export function probes(sequence: boolean[], afterwards: boolean): HealthData {
    return {
        sequence,
        // biome-ignore lint/suspicious/noThenProperty: what the platform calls it
        then: afterwards,
    };
}
