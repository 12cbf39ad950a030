import type { LedgerEvent } from "../ledger/event.js";
import { compact } from "../release/state.js";
import { count, records, text } from "./fields.js";
import type { BakeStep, Conversation, DependencyStep, PlainStep, SimulationStep } from "./report.js";

/** What an event of the dependency gate tells. */
export function dependencyStep({ timestamp, status, details }: LedgerEvent): DependencyStep {
    const missing = records(details.missing_resources).map(
        ({ type, id, reference }) => `${named(type, id)} is missing (used at ${text(reference) ?? "?"})`,
    );
    const broken = records(details.broken_references).map(
        ({ type, id, error }) => `${named(type, id)} cannot be used: ${text(error) ?? "?"}`,
    );
    return {
        kind: "dependencies",
        at: Date.parse(timestamp),
        passed: status === "passed",
        checked: count(details.checked_count),
        problems: [...missing, ...broken],
    };
}

function named(type: unknown, id: unknown): string {
    return `${text(type) ?? "resource"} "${text(id) ?? "?"}"`;
}

/** What an event of the simulation gate tells. */
export function simulationStep({ timestamp, status, details }: LedgerEvent): SimulationStep {
    const reason = text(details.reason);
    return {
        kind: "simulation",
        at: Date.parse(timestamp),
        passed: status === "passed",
        good: count(details.passed),
        total: count(details.total),
        conversations: records(details.steps).map(conversation),
        leftOut: count(details.steps_left_out),
        ...(reason === undefined ? {} : { reason }),
    };
}

function conversation(step: Record<string, unknown>): Conversation {
    const [actual, reason] = [text(step.actual_intent), text(step.reason)];
    return {
        passed: step.status === "passed",
        input: text(step.input) ?? "",
        expected: text(step.expected_intent) ?? "",
        ...(step.actual_intent === null ? { actual: null } : compact({ actual })),
        ...compact({ reason }),
    };
}

/** What the event of a bake tells. */
export function bakeStep({ timestamp, status, details }: LedgerEvent): BakeStep {
    const live = text(details.live_version_tag);
    return {
        kind: "bake",
        at: Date.parse(timestamp),
        passed: status === "passed",
        after: details.after === "rollback" ? "rollback" : "deployment",
        finding: [live && `with ${live} live again`, text(details.summary)].filter(Boolean).join(": "),
        probes: records(details.probes).flatMap(({ at, result }) => {
            const moment = Date.parse(text(at) ?? "");
            return Number.isNaN(moment) ? [] : { at: moment, result: text(result) ?? "?" };
        }),
        leftOut: count(details.probes_left_out),
    };
}

/** A step that one clause tells. */
export function plainStep(
    { timestamp }: LedgerEvent,
    kind: PlainStep["kind"],
    status: PlainStep["status"],
    clause: string,
): PlainStep {
    return { kind, at: Date.parse(timestamp), status, text: clause };
}
