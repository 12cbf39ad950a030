import { version } from "../../../package.json";
import type { Action, EventStatus, LedgerEvent } from "../../ledger/event.js";

const NAMES: Readonly<Record<Action, string>> = {
    dependency_validation: "Dependency validation",
    simulation: "Simulation",
    deployment_intent: "Deployment",
    deployment_execution: "Release",
    health_check: "Health check",
    rollback_intent: "Rollback",
    rollback: "Rollback",
    artifact_export: "Artifact export",
    adoption: "Adoption",
    delete: "Deletion",
};

/** From 0 to 10: 0 to 3 low, 4 to 6 medium, 7 and 8 high. */
const SEVERITIES: Readonly<Record<EventStatus, number>> = {
    started: 1,
    passed: 1,
    completed: 3,
    retained: 3,
    blocked: 5,
    rolled_back: 7,
    failed: 8,
};

/** How long the values of these keys may be, in characters; all others are far from their limits. */
const LONGEST: Readonly<Record<string, number>> = { msg: 1023, reason: 1023, suser: 1023, flexString1: 1023 };

/**
 * Events in ArcSight's Common Event Format (CEF:0), one a line: what a SIEM takes in.
 *
 * The header ends with the action as signature, a name and the severity. Fields with labels are the bot, the flow, the version
 * tag, the environment, the content's hash, the compliance reference, the run and the event's own hash.
 */
export async function* cefOf(events: AsyncIterable<LedgerEvent>): AsyncGenerator<string> {
    for await (const event of events) {
        yield `${cefLine(event)}\n`;
    }
}

function cefLine(event: LedgerEvent): string {
    const { action, status, details } = event;
    const header = [
        "CEF:0",
        "pulumi-cognigy",
        "pulumi-cognigy",
        version,
        action,
        `${NAMES[action] ?? action} ${status.replaceAll("_", " ")}`,
        String(SEVERITIES[status] ?? 5),
    ];
    const extension = [
        ["rt", String(Date.parse(event.timestamp))],
        ["cat", "release"],
        ["act", action],
        ["outcome", status],
        ["suser", event.actor],
        ...labelled("cs1", "botId", event.bot_id),
        ...labelled("cs2", "flowId", event.flow_id),
        ...labelled("cs3", "versionTag", event.version_tag),
        ...labelled("cs4", "targetEnvironment", details.target_environment),
        ...labelled("cs5", "contentHash", event.content_hash),
        ...labelled("cs6", "complianceRef", event.compliance_ref),
        ...labelled("flexString1", "run", event.run),
        ...labelled("flexString2", "eventHash", event.hash),
        ...field("reason", details.reason),
        ...field("msg", details.summary),
    ] as [string, string][];
    return `${header.map(headerText).join("|")}|${extension.map(([key, value]) => `${key}=${extensionText(key, value)}`).join(" ")}`;
}

function labelled(key: string, label: string, value: string | undefined): [string, string][] {
    return value === undefined
        ? []
        : [
              [`${key}Label`, label],
              [key, value],
          ];
}

function field(key: string, value: unknown): [string, string][] {
    return typeof value === "string" && value !== "" ? [[key, value]] : [];
}

/** In the header a bar and a backslash are escaped, and there are no line ends. */
function headerText(text: string): string {
    return text.replace(/[\\|]/g, "\\$&").replace(/[\r\n]+/g, " ");
}

/** In the extension an equals sign and a backslash are escaped, and line ends are written as `\n`. */
function extensionText(key: string, value: string): string {
    return value
        .slice(0, LONGEST[key])
        .replace(/[\\=]/g, "\\$&")
        .replace(/\r\n|\r|\n/g, "\\n");
}
