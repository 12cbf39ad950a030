import { createHash } from "node:crypto";
import type { Author } from "../../src/ledger/author.js";
import { GENESIS } from "../../src/ledger/chain.js";
import { type LedgerEvent, type NewEvent, stampEvent } from "../../src/ledger/event.js";
import { canonicalJson } from "../../src/release/canonical.js";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const PEOPLE = ["alex", "kim", "noor", "release-bot", "sam"];
const FLOWS = ["booking", "cancellation", "greeting", "handover", "payment", "status"];
const ENVIRONMENTS = ["staging", "production"];
const PHRASES = [
    ["book a flight", "book_flight"],
    ["cancel my reservation", "cancel_reservation"],
    ["where is my luggage", "find_luggage"],
    ["I want to talk to a person", "handover"],
    ["can I bring my dog on board", "pets"],
    ["change my seat to a window", "change_seat"],
    ["how much is a second bag", "baggage_fee"],
    ["wann geht mein Flug nach Zürich", "flight_status"],
] as const;
const CHANGELOGS = [
    "Asks for the date before the destination.",
    "Updated intent mapping for the booking flow.",
    "Hands over to a person after two misunderstandings.",
    "New fares of the winter season.",
    "Repairs the loop after a failed payment.",
];
const CHANGES = [
    "destructive: say “Old fares” removed after “Fares”",
    "integration: “Look up fares”: url “https://fares.example/v1” → “https://fares.example/v2”",
    "logic: intent “Second bag” added",
    "logic: “Known customer?” decides on “input.known” → “context.known”",
    "text: “Book” says “Where to?” → “Where to, please?”",
    "text: “Greeting” says “Hello” → “Good morning”",
];

/** The same numbers each time, from 0 up to 1. */
function chance(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

/**
 * The ledger of a busy team: most releases go live, some are blocked, fail, or are rolled back.
 *
 * @param count how many releases were attempted.
 * @param end when the last one ended; milliseconds since 1970.
 * @param span from the first one to the last one, in milliseconds.
 */
export function sampleLedger(count: number, end: number, span = 400 * DAY): LedgerEvent[] {
    const random = chance(count);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const chain: LedgerEvent[] = [];
    const live = new Map<string, { tag: string; id: string }>();
    let author: Author = { run: "", actor: "" };
    const write = (at: number, event: NewEvent) =>
        chain.push(stampEvent(event, author, chain.at(-1)?.hash ?? GENESIS, at));
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");

    for (let index = 0; index < count; index += 1) {
        const begin = end - span + Math.floor((span * index) / count) - 20 * MINUTE;
        const bot_id = `bot_${1 + Math.floor(random() * 8)}`;
        const flow_id = pick(FLOWS);
        const target_environment = pick(ENVIRONMENTS);
        const place = `${bot_id} ${flow_id} ${target_environment}`;
        const version_tag = `v1.${Math.floor(index / 10)}.${index % 10}`;
        const content_hash = `sha256:${hash(`${place} ${index}`)}`;
        const uuid = hash(`${place} ${index} deployment`);
        const deployment_id = `dep_${uuid.slice(0, 8)}-${uuid.slice(8, 12)}`;
        const before = live.get(place);
        author = {
            run: `${uuid.slice(0, 8)}-${uuid.slice(12, 16)}-4a1b-9c2d-${uuid.slice(20, 32)}`,
            actor: pick(PEOPLE),
        };
        const fate = random();
        const event = (
            action: NewEvent["action"],
            status: NewEvent["status"],
            details: Record<string, unknown>,
        ): NewEvent => ({
            bot_id,
            flow_id,
            version_tag,
            action,
            status,
            content_hash,
            details: { target_environment, ...details },
        });

        const noDependency = fate < 0.03;
        write(
            begin,
            event("dependency_validation", noDependency ? "failed" : "passed", {
                checked_count: 6 + Math.floor(random() * 20),
                missing_resources: noDependency
                    ? [{ type: "intent", id: "second_bag", reference: "nodes/n12/config/intent" }]
                    : [],
                broken_references: [],
            }),
        );
        if (noDependency) {
            const summary = "1 of 7 dependencies cannot be used";
            write(
                begin + 1,
                event("deployment_execution", "blocked", { reason: "dependency_validation_failed", summary }),
            );
            continue;
        }
        const noIntent = fate < 0.07;
        const phrases = PHRASES.slice(0, 2 + Math.floor(random() * 7));
        const steps = phrases.map(([input, expected_intent], place) => {
            const failed = noIntent && place === 0;
            return {
                status: failed ? "failed" : "passed",
                input,
                expected_intent,
                actual_intent: failed ? pick(["handover", null]) : expected_intent,
            };
        });
        const passed = steps.length - Number(noIntent);
        write(
            begin + MINUTE,
            event("simulation", noIntent ? "failed" : "passed", {
                passed,
                total: steps.length,
                passRate: passed / steps.length,
                minPassRate: 1,
                steps,
            }),
        );
        if (noIntent) {
            const summary = `1 of ${steps.length} simulated conversations failed (all must pass)`;
            write(
                begin + MINUTE + 1,
                event("deployment_execution", "blocked", { reason: "simulation_failed", summary }),
            );
            continue;
        }
        const attempt = {
            nodes_count: 40,
            previous_version_tag: before?.tag,
            previous_deployment_id: before?.id,
        };
        const changelog = pick(CHANGELOGS);
        const changes = CHANGES.slice(Math.floor(random() * CHANGES.length));
        write(
            begin + 3 * MINUTE,
            event("deployment_intent", "started", {
                ...attempt,
                changelog,
                changes,
                risk: changes[0]?.split(":")[0],
                ...(fate > 0.98 ? { break_glass: "The payment provider changed its address today." } : {}),
            }),
        );
        const done = begin + (5 + Math.floor(random() * 8)) * MINUTE;
        const probes = (results: readonly string[], from: number) =>
            results.map((result, place) => ({ at: new Date(from + place * 15_000).toISOString(), result }));
        if (fate < 0.1) {
            const summary = "the platform reports that it failed";
            write(
                done,
                event("deployment_execution", "failed", {
                    ...attempt,
                    deployment_id,
                    reason: "deployment_failed",
                    summary,
                }),
            );
            continue;
        }
        const unhealthy = fate < 0.16;
        const summary = unhealthy
            ? "unhealthy (1 failed of 2 probes, 0 allowed)"
            : "healthy (3 of 3 probes in a row)";
        const results = unhealthy ? ["healthy", "unhealthy"] : ["healthy", "healthy", "healthy"];
        write(
            done,
            event("health_check", unhealthy ? "failed" : "passed", {
                after: "deployment",
                deployment_id,
                verdict: unhealthy ? "failed" : "healthy",
                summary,
                probes: probes(results, done - MINUTE),
            }),
        );
        if (unhealthy) {
            const reason = `health_check_failed: after its deployment the bot was ${summary}`;
            write(done + 1, event("rollback_intent", "started", { deployment_id, reason }));
            write(done + MINUTE, event("rollback", "completed", { deployment_id, reason }));
            if (before) {
                write(
                    done + 2 * MINUTE,
                    event("health_check", "passed", {
                        after: "rollback",
                        deployment_id,
                        live_version_tag: before.tag,
                        verdict: "healthy",
                        summary: "healthy (1 of 1 probes in a row)",
                        probes: probes(["healthy"], done + 2 * MINUTE),
                    }),
                );
            }
            write(
                done + 2 * MINUTE + 1,
                event("deployment_execution", "rolled_back", {
                    ...attempt,
                    deployment_id,
                    reason: "health_check_failed",
                    summary: `after its deployment the bot was ${summary}`,
                    live_version_tag: before?.tag,
                }),
            );
            continue;
        }
        live.set(place, { tag: version_tag, id: deployment_id });
        write(
            done + 1,
            event("deployment_execution", "completed", {
                ...attempt,
                deployment_id,
                changelog,
                health: { verdict: "healthy", probes: 3, failures: 0, errors: 0 },
                artifact_path: `artifacts/${bot_id}_${version_tag}.json`,
                artifact_sha256: hash(`${place} ${index} artifact`),
                artifact_bytes: 20_000 + Math.floor(random() * 100_000),
            }),
        );
    }
    return chain;
}

/** The same as a file has it. */
export function sampleLedgerText(count: number, end: number, span?: number): string {
    return sampleLedger(count, end, span)
        .map((event) => `${canonicalJson(event)}\n`)
        .join("");
}
