import type { PlatformData } from "../../src/data/platform-data";

const nodes = [
    { id: "n1", type: "start", label: "Start", next: "n2" },
    { id: "n2", type: "say", label: "Greeting", next: "n3", config: { text: ["Hello!", "Hi!"] } },
    { id: "n3", type: "question", label: "Ask", next: "n4", config: { text: "What can I do for you?" } },
    { id: "n4", type: "lookup", label: "Switch", next: ["n5", "n6", "n7"] },
    { id: "n5", type: "case", label: "Case book", next: "n8", config: { intent: "book_flight" } },
    { id: "n6", type: "case", label: "Case cancel", next: "n10", config: { intent: "cancel_trip" } },
    { id: "n7", type: "default", label: "Default", next: "n11" },
    { id: "n8", type: "setContext", label: "Remember", next: "n9", config: { values: { wants: "flight" } } },
    { id: "n9", type: "question", label: "From", next: "n13", config: { text: "From where?" } },
    { id: "n10", type: "say", label: "Cancelled", next: "n14", config: { text: "Your trip is cancelled." } },
    { id: "n11", type: "say", label: "Sorry", next: "n12", config: { text: "Sorry?" } },
    { id: "n12", type: "goTo", label: "Back", config: { target: "n3" } },
    { id: "n13", type: "httpRequest", label: "Search", next: "n15", config: { api: "gds" } },
    { id: "n14", type: "end", label: "End" },
    {
        id: "n15",
        type: "ifThenElse",
        label: "Found?",
        next: ["n16", "n17"],
        config: { condition: "context.found" },
    },
    { id: "n16", type: "then", label: "Then", next: "n18" },
    { id: "n17", type: "else", label: "Else", next: "n11" },
    { id: "n18", type: "say", label: "Offer", next: "n14", config: { text: "I found a flight." } },
];

/** A bot that says something, with a version that is live: two intents, and one resource of every kind. */
export const travelBot = {
    bots: [
        {
            id: "travel",
            name: "Travel",
            intents: [
                { id: "book_flight", name: "Book", examples: ["book a flight", "I need a plane ticket"] },
                { id: "cancel_trip", name: "Cancel", examples: ["cancel my trip"] },
            ],
            entities: [{ id: "city", values: ["Rome", "Lisbon"] }],
            externalApis: [{ id: "gds", name: "Flight search", baseUrl: "https://gds.example" }],
            resources: [
                { id: "fn_clean", type: "function" },
                { id: "kb_faq", type: "knowledge_store", name: "FAQ" },
                { id: "smalltalk", type: "flow", name: "Smalltalk" },
                { id: "conn_secret", type: "connection", access: "forbidden" },
                { id: "conn_gone", type: "connection", access: "missing" },
                { id: "tpl_hello", type: "template" },
            ],
            flows: [
                {
                    id: "main",
                    name: "Main",
                    description: "Books flights.",
                    locale: "en-GB",
                    updated_at: "2026-01-02T03:04:05Z",
                    nodes,
                    dependencies: [
                        {
                            resourceType: "external_api",
                            resourceId: "gds",
                            referencePath: "nodes/n13/config/api",
                        },
                        {
                            resourceType: "entity",
                            resourceId: "city",
                            referencePath: "nodes/n9/config/entity",
                        },
                        {
                            resourceType: "connection",
                            resourceId: "conn_gone",
                            referencePath: "nodes/n13/config/c",
                        },
                        {
                            resourceType: "template",
                            resourceId: "tpl_hello",
                            referencePath: "nodes/n2/config/t",
                        },
                    ],
                },
            ],
            deployments: [
                {
                    deploymentId: "dep_1",
                    flowId: "main",
                    versionTag: "v1.0.0",
                    targetEnvironment: "production",
                    changelog: "The first one.",
                    createdAt: "2025-12-01T10:00:00Z",
                    snapshot: {
                        id: "main",
                        name: "Main",
                        nodes: nodes.map((node) =>
                            node.id === "n2" ? { ...node, config: { text: "Good day!" } } : node,
                        ),
                    },
                },
            ],
        },
        { id: "other", name: "Other", flows: [{ id: "other_flow", name: "Other flow" }] },
    ],
} satisfies PlatformData;
