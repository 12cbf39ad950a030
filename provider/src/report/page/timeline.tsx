import type { BakeStep, DependencyStep, PlainStep, SimulationStep, Step } from "../report.js";
import { Conversations } from "./conversations.js";
import { Moment, timeText } from "./moment.js";

/** What happened to a release, in its order. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
    return (
        <ol class="timeline">
            {steps.map((step, place) => (
                <li key={place} class={toneOf(step)}>
                    <Moment at={step.at} />
                    <div>
                        <Told step={step} />
                    </div>
                </li>
            ))}
        </ol>
    );
}

function toneOf(step: Step): PlainStep["status"] {
    if ("status" in step) {
        return step.status;
    }
    return step.passed ? "good" : "bad";
}

function Told({ step }: { step: Step }) {
    switch (step.kind) {
        case "dependencies":
            return <Dependencies step={step} />;
        case "simulation":
            return <Simulation step={step} />;
        case "bake":
            return <Bake step={step} />;
        default:
            return <p>{capital(step.text)}</p>;
    }
}

function Dependencies({ step: { passed, checked, problems, earlier } }: { step: DependencyStep }) {
    return (
        <>
            <p>
                {`Dependencies ${passed ? "good" : "not good"}: ${checked} checked`}
                {problems.length > 0 && `, ${problems.length} cannot be used`}
                {earlier && <Earlier />}
            </p>
            {problems.length > 0 && (
                <ul>
                    {problems.map((problem) => (
                        <li key={problem}>{problem}</li>
                    ))}
                </ul>
            )}
        </>
    );
}

function Simulation({ step }: { step: SimulationStep }) {
    const { passed, good, total, reason, earlier } = step;
    return (
        <>
            <p>
                {reason === undefined
                    ? `Simulation ${passed ? "passed" : "failed"}: ${good} of ${total} conversations reached their intent`
                    : `Simulation without a result: ${reason}`}
                {earlier && <Earlier />}
            </p>
            <Conversations step={step} />
        </>
    );
}

function Earlier() {
    return <small> (evidence from before, of the same content)</small>;
}

const SIGNS: Readonly<Record<string, string>> = { healthy: "✓", unhealthy: "✕" };

function Bake({ step: { after, passed, finding, probes, leftOut } }: { step: BakeStep }) {
    const half = Math.ceil(probes.length / 2);
    return (
        <>
            <p>
                {`Bake ${after === "rollback" ? "after the rollback" : "of the deployment"} ${passed ? "passed" : "failed"}: ${finding}`}
            </p>
            <ol class="probes" aria-label="Probes">
                {probes.map(({ at, result }, place) => (
                    <li key={place} class={SIGNS[result] ? result : "error"}>
                        <span aria-hidden="true">{SIGNS[result] ?? "!"}</span>
                        <span class="hidden">{result}</span> {timeText(at)}
                        {leftOut > 0 && place === half - 1 && <small> … {leftOut} more …</small>}
                    </li>
                ))}
            </ol>
        </>
    );
}

function capital(text: string): string {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
