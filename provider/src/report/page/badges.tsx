import type { Live, Outcome } from "../report.js";

type Tone = "good" | "bad" | "warn" | "calm";

/** How an outcome is told: in a word, in a sign, and in a colour. */
const OUTCOMES: Readonly<Record<Outcome, { word: string; sign: string; tone: Tone }>> = {
    completed: { word: "Went live", sign: "✓", tone: "good" },
    adopted: { word: "Adopted", sign: "✓", tone: "good" },
    rolled_back: { word: "Rolled back", sign: "↺", tone: "bad" },
    failed: { word: "Failed", sign: "✕", tone: "bad" },
    blocked: { word: "Blocked", sign: "⊘", tone: "warn" },
    in_progress: { word: "In progress", sign: "…", tone: "warn" },
    previewed: { word: "Previewed", sign: "◦", tone: "calm" },
};

/** An outcome in a word: `Rolled back`. */
export function outcomeWord(outcome: Outcome): string {
    return (OUTCOMES[outcome] ?? OUTCOMES.failed).word;
}

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
    const { word, sign, tone } = OUTCOMES[outcome] ?? OUTCOMES.failed;
    return <Badge tone={tone} sign={sign} word={word} />;
}

const RISKS: Readonly<Record<string, Tone>> = {
    destructive: "bad",
    integration: "warn",
    logic: "warn",
    text: "calm",
};

export function RiskBadge({ risk }: { risk: string }) {
    return <Badge tone={RISKS[risk] ?? "calm"} sign="△" word={`${risk === "none" ? "no" : risk} risk`} />;
}

export function HealthBadge({ health }: Pick<Live, "health">) {
    return health === "healthy" ? null : (
        <Badge tone={health === "unhealthy" ? "bad" : "warn"} sign="!" word={health} />
    );
}

function Badge({ tone, sign, word }: { tone: Tone; sign: string; word: string }) {
    return (
        <span class={`badge ${tone}`}>
            <span aria-hidden="true">{sign}</span> {word}
        </span>
    );
}
