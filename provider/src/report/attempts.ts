import type { LedgerEvent } from "../ledger/event.js";
import { compact } from "../release/state.js";
import { count, text, texts } from "./fields.js";
import type { DependencyStep, Outcome, PlainStep, Release, SimulationStep, Step } from "./report.js";
import { bakeStep, dependencyStep, plainStep, simulationStep } from "./steps.js";

type GateStep = DependencyStep | SimulationStep;

/** The rules that an intent may say are set aside. */
const RULES = ["break_glass", "retry_rejected", "downgrade"] as const;

/** Puts the events of each attempted release together, one after the other in the ledger's order. */
export class Attempts {
    private readonly all: Release[] = [];
    /** By version and environment: what has no outcome yet. */
    private readonly open = new Map<string, Release>();
    /** By deployment: the last attempt that it was of. */
    private readonly byDeployment = new Map<string, Release>();
    /** Deployments that a rollback has brought back, with what that changes: they are proved anew. */
    private readonly returned = new Map<string, Plan>();
    /** By version and content: the last gates. They count in every environment. */
    private readonly gates = new Map<string, Map<GateStep["kind"], GateStep>>();

    add(event: LedgerEvent): void {
        const { details } = event;
        switch (event.action) {
            case "dependency_validation":
                this.gate(event, dependencyStep(event));
                break;
            case "simulation":
                this.gate(event, simulationStep(event));
                break;
            case "deployment_intent":
                this.intent(event);
                break;
            case "health_check":
                this.bake(event);
                break;
            case "rollback_intent":
            case "rollback":
                this.rollback(event);
                break;
            case "deployment_execution":
                this.end(event, event.status as Outcome);
                break;
            case "adoption":
                this.end(event, "adopted");
                break;
            case "artifact_export":
                this.aftermath(event, exported(event));
                break;
            case "delete": {
                const live = text(details.live_version_tag);
                const now = live ? `${live} is live` : "nothing is live";
                const told = event.status === "retained" ? "deleted, and left live" : `deleted: ${now}`;
                this.aftermath(event, plainStep(event, "delete", "neutral", told));
                break;
            }
            default:
        }
    }

    /** All attempts so far, in the order in which they began. */
    releases(): Release[] {
        for (const release of this.all) {
            this.borrowGates(release);
            if (
                release.outcome === "previewed" &&
                release.steps.some((step) => "passed" in step && !step.passed)
            ) {
                // A refusal of the same content is written down once, however often it is tried.
                release.outcome = "blocked";
                release.reason = "a gate refused it in a preview";
            }
        }
        return this.all;
    }

    private attempt(event: LedgerEvent): Release {
        const key = keyOf(event);
        const attempt = this.open.get(key) ?? newRelease(event);
        if (!this.open.has(key)) {
            this.open.set(key, attempt);
            this.all.push(attempt);
        }
        return attempt;
    }

    private step(release: Release, event: LedgerEvent, step: Step): void {
        release.steps.push(step);
        release.at = step.at;
        release.actor = text(event.actor) ?? "";
        release.run = text(event.run) ?? "";
        Object.assign(
            release,
            compact({
                contentHash: text(event.content_hash),
                deploymentId: text(event.details.deployment_id),
            }),
        );
        if (release.deploymentId !== undefined) {
            this.byDeployment.set(release.deploymentId, release);
        }
    }

    /** A gate that ran again is told once: a version may be previewed many times. */
    private gate(event: LedgerEvent, step: GateStep): void {
        const attempt = this.attempt(event);
        attempt.steps = attempt.steps.filter(({ kind }) => kind !== step.kind);
        this.step(attempt, event, step);
        const content = contentOf(attempt);
        this.gates.set(content, (this.gates.get(content) ?? new Map()).set(step.kind, step));
    }

    private intent(event: LedgerEvent): void {
        const { details } = event;
        const attempt = this.attempt(event);
        attempt.outcome = "in_progress";
        Object.assign(attempt, planIn(event));
        attempt.exceptions = RULES.filter((rule) => details[rule] !== undefined).map((rule) => ({
            rule: rule.replaceAll("_", " "),
            reason: text(details[rule]) ?? "no reason given",
        }));
        const previousTag = text(details.previous_version_tag);
        Object.assign(attempt, compact({ previousTag }));
        const over = previousTag ? `, over ${previousTag}` : "";
        this.step(attempt, event, plainStep(event, "deployment", "neutral", `deployment began${over}`));
    }

    /** A bake without an attempt proves what was gone back to; else its run came to it after another had ended the attempt. */
    private bake(event: LedgerEvent): void {
        const deploymentId = text(event.details.deployment_id) ?? "";
        const ended = this.byDeployment.get(deploymentId);
        if (ended && !this.open.has(keyOf(event)) && !this.returned.has(deploymentId)) {
            ended.steps.push(bakeStep(event));
            return;
        }
        const attempt = this.attempt(event);
        attempt.outcome = "in_progress";
        Object.assign(attempt, this.returned.get(deploymentId));
        this.step(attempt, event, bakeStep(event));
    }

    /** A rollback is a step of the attempt that is on its way; else it comes after one that had ended. */
    private rollback(event: LedgerEvent): void {
        const { action, status, details } = event;
        const returnsTo = text(details.returns_to);
        if (returnsTo !== undefined && !this.returned.get(returnsTo)?.changes.length) {
            this.returned.set(returnsTo, planIn(event));
        }
        const underWay = this.open.get(keyOf(event));
        const own = underWay?.outcome === "in_progress" ? underWay : undefined;
        const release = own ?? this.byDeployment.get(String(details.deployment_id));
        if (!release) {
            return;
        }
        // Its end takes the place of its beginning.
        const last = release.steps.at(-1);
        if (last?.kind === "rollback" && last.status === "open") {
            release.steps.pop();
        }
        // Why an attempt is rolled back is told with its outcome.
        const reason = own ? "" : `: ${text(details.reason) ?? "no reason given"}`;
        release.steps.push(
            action === "rollback_intent"
                ? plainStep(event, "rollback", "open", `rollback began${reason}`)
                : status === "completed"
                  ? plainStep(event, "rollback", "neutral", `rollback done${reason}`)
                  : plainStep(
                        event,
                        "rollback",
                        "bad",
                        `rollback failed: ${text(details.error) ?? "no reason given"}`,
                    ),
        );
    }

    private end(event: LedgerEvent, outcome: Outcome): void {
        const { details } = event;
        const attempt = this.attempt(event);
        this.open.delete(keyOf(event));
        this.returned.delete(text(details.deployment_id) ?? "");
        attempt.outcome = outcome;
        const reason = text(details.summary) ?? text(details.reason);
        const sha256 = text(details.artifact_sha256);
        Object.assign(
            attempt,
            compact({
                reason,
                changelog: text(details.changelog),
                previousTag: text(details.previous_version_tag),
                complianceRef: text(event.compliance_ref),
                artifact: sha256 === undefined ? undefined : artifactIn(event, sha256),
            }),
        );
        this.step(attempt, event, outcomeStep(event, outcome, reason));
    }

    private aftermath(event: LedgerEvent, step: PlainStep): void {
        const release = this.byDeployment.get(String(event.details.deployment_id));
        const sha256 = text(event.details.artifact_sha256);
        if (release && sha256 !== undefined) {
            release.artifact = artifactIn(event, sha256);
        }
        release?.steps.push(step);
    }

    /** Gates that ran for another environment, or for an earlier attempt, are why the release needed none of its own. */
    private borrowGates(release: Release): void {
        const own = release.steps.some(({ kind }) => kind === "dependencies" || kind === "simulation");
        const gates = own ? undefined : this.gates.get(contentOf(release));
        const earlier = [...(gates?.values() ?? [])].filter(({ at }) => at <= release.at);
        release.steps.unshift(...earlier.map((step) => ({ ...step, earlier: true as const })));
    }
}

/** What a release is to change, as its intent tells of it. */
type Plan = Pick<Release, "changes" | "changelog" | "risk">;

function planIn({ details }: LedgerEvent): Plan {
    return {
        changes: texts(details.changes),
        ...compact({ changelog: text(details.changelog), risk: text(details.risk) }),
    };
}

function newRelease(event: LedgerEvent): Release {
    return {
        bot: text(event.bot_id) ?? "",
        flow: text(event.flow_id) ?? "",
        environment: text(event.details.target_environment) ?? "",
        tag: text(event.version_tag) ?? "",
        outcome: "previewed",
        at: Date.parse(event.timestamp),
        actor: "",
        run: "",
        changes: [],
        exceptions: [],
        steps: [],
    };
}

const ENDS: Readonly<Record<string, string>> = {
    completed: "live and healthy",
    rolled_back: "rolled back",
    blocked: "blocked, nothing was deployed",
    failed: "failed",
    adopted: "taken over as it was live",
};

function outcomeStep(event: LedgerEvent, outcome: Outcome, reason: string | undefined): PlainStep {
    const good = outcome === "completed" || outcome === "adopted";
    const error = text(event.details.artifact_error);
    const clauses = [ENDS[outcome] ?? outcome, reason, error && `its artifact is missing: ${error}`];
    return plainStep(event, "outcome", good ? "good" : "bad", clauses.filter(Boolean).join(": "));
}

function exported(event: LedgerEvent): PlainStep {
    const error = text(event.details.artifact_error);
    return error === undefined
        ? plainStep(event, "artifact", "good", "its artifact was exported")
        : plainStep(event, "artifact", "bad", `its artifact is missing: ${error}`);
}

function artifactIn({ details }: LedgerEvent, sha256: string): NonNullable<Release["artifact"]> {
    const bytes = count(details.artifact_bytes) || undefined;
    return { sha256, ...compact({ path: text(details.artifact_path), bytes }) };
}

function keyOf({ bot_id, flow_id, version_tag, details }: LedgerEvent): string {
    return JSON.stringify([bot_id, flow_id, version_tag, details.target_environment]);
}

function contentOf({ bot, flow, tag, contentHash }: Release): string {
    return JSON.stringify([bot, flow, tag, contentHash]);
}
