import type { FlowDefinition } from "../../src/release/flow.js";
import { parseInputs, type ReleaseInputs } from "../../src/release/inputs.js";

/** The least that a program can declare. */
export function declared(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
        botId: "bot_12345",
        flowId: "flow_67890",
        versionTag: "v1.4.2",
        changelog: "Updated intent mapping for booking flow.",
        targetEnvironment: "production",
        ...more,
    };
}

/** The same with its defaults. */
export function inputs(more: Record<string, unknown> = {}): ReleaseInputs {
    const parsed = parseInputs(declared(more));
    if ("problems" in parsed) {
        throw new Error(JSON.stringify(parsed.problems));
    }
    return parsed.inputs;
}

/** A small flow. */
export function flow(more: Record<string, unknown> = {}): FlowDefinition {
    return {
        id: "flow_67890",
        name: "Booking",
        nodes: [
            { id: "n1", type: "start", label: "Start" },
            { id: "n2", type: "say", label: "Greeting", config: { text: "Hello", next: "n3" } },
            { id: "n3", type: "intent", label: "Book a flight", config: { intent: "book_flight" } },
        ],
        updated_at: "2026-01-02T03:04:05Z",
        ...more,
    };
}
