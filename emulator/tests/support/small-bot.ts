import type { BotData, PlatformData } from "../../src/data/platform-data";

/** The draft behind `bot_1`'s live version. */
export const ordersFlow = {
    id: "flow_1",
    name: "Orders",
    updated_at: "2026-01-02T03:04:05Z",
    nodes: [
        { id: "n1", type: "start", next: "n2" },
        { id: "n2", type: "lookup", next: ["n3", "n4"] },
        { id: "n3", type: "case", next: "n5", config: { intent: "order_pizza" } },
        { id: "n4", type: "case", next: "n5", config: { intent: "open_hours" } },
        { id: "n5", type: "end" },
    ],
    dependencies: [
        {
            resourceType: "intent",
            resourceId: "order_pizza",
            referencePath: "nodes/n3/config/intent",
        },
        {
            resourceType: "intent",
            resourceId: "open_hours",
            referencePath: "nodes/n4/config/intent",
        },
        {
            resourceType: "template",
            resourceId: "tpl_hello",
            referencePath: "nodes/n1/config/text",
        },
    ],
};

/** The bot that most tests speak of. */
export const pizzaBot = {
    id: "bot_1",
    name: "Pizza line",
    intents: [
        { id: "order_pizza", examples: ["order a pizza", "I am hungry"] },
        { id: "open_hours", examples: ["when do you open", "opening hours on Sunday"] },
        { id: "allergies", examples: ["what about nuts"] },
    ],
    entities: [{ id: "topping", name: "Topping", values: ["ham", "olives"] }],
    externalApis: [{ id: "kitchen" }],
    resources: [{ id: "tpl_hello" }, { id: "tpl_secret", access: "forbidden" }],
    flows: [ordersFlow, { id: "flow_2", name: "Smalltalk" }],
    deployments: [
        {
            deploymentId: "dep_old",
            flowId: "flow_1",
            versionTag: "v1.0.0",
            targetEnvironment: "production",
            createdAt: "2025-12-01T10:00:00Z",
            completedAt: "2025-12-01T10:01:00Z",
            snapshot: {
                id: "flow_1",
                name: "Orders",
                updated_at: "2025-11-30T10:00:00Z",
                nodes: [{ id: "n1", type: "start" }],
            },
        },
    ],
} satisfies BotData;

/** A bot that fits on a screen: two intents behind a switch, a live version, and one resource of every kind. */
export const smallBot = {
    simulationMs: 100,
    deploymentMs: 300,
    bots: [pizzaBot, { id: "bot_2", flows: [{ id: "flow_3" }] }],
} satisfies PlatformData;
