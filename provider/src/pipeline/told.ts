import { credentialIn } from "../release/credentials.js";
import { clip } from "../release/diff/shown.js";
import type { SimulationStep } from "../release/gates.js";
import type { TestCase } from "../release/inputs.js";
import { type CheckedInputs, compact } from "../release/state.js";
import type { SeenProbe } from "./bake.js";
import type { Exported } from "./outcome.js";

/** Of more than these the ledger is told how many are left out. */
const MOST_STEPS = 50;
const MOST_PROBES = 100;
/** A longer text is cut. */
const LONGEST_TEXT = 500;

/** The simulated conversations, as the ledger keeps them: where they are many, those that failed go before the others. */
export function toldOfSteps(steps: readonly SimulationStep[], testCases: readonly TestCase[]) {
    const all = steps.map((step, index) => ({ step, testCase: testCases[index] }));
    const failedFirst = [
        ...all.filter(({ step }) => step.status !== "passed"),
        ...all.filter(({ step }) => step.status === "passed"),
    ];
    const kept = new Set(failedFirst.slice(0, MOST_STEPS));
    return compact({
        steps: all
            .filter((one) => kept.has(one))
            .map(({ step, testCase }) =>
                compact({
                    status: step.status,
                    input: told(step.subject ?? step.input ?? testCase?.input),
                    expected_intent: told(step.expectedIntent ?? testCase?.expectedIntent),
                    actual_intent: step.actualIntent === null ? null : told(step.actualIntent),
                    reason: told(step.reason),
                }),
            ),
        steps_left_out: all.length - kept.size || undefined,
    });
}

/** The probes of a bake, as the ledger keeps them: where they are many, the first ones and the last ones. */
export function toldOfProbes(probes: readonly SeenProbe[]) {
    const half = MOST_PROBES / 2;
    const kept = probes.length > MOST_PROBES ? [...probes.slice(0, half), ...probes.slice(-half)] : probes;
    return compact({
        probes: kept.map(({ at, result }) => ({ at: new Date(at).toISOString(), result })),
        probes_left_out: probes.length - kept.length || undefined,
    });
}

/** What a release brings, as the ledger keeps it. */
export function toldOfRelease({ changelog, changes, risk }: CheckedInputs) {
    return compact({ changelog: told(changelog), changes: changes?.map(told), risk });
}

/** What came of an export, as the ledger keeps it. */
export function toldOfExport({ artifact, problem }: Exported) {
    return compact({
        artifact_path: artifact?.path,
        artifact_sha256: artifact?.sha256,
        artifact_bytes: artifact?.bytes,
        artifact_error: problem,
    });
}

function told(text: string | undefined): string | undefined {
    if (text === undefined) {
        return undefined;
    }
    const kind = credentialIn(text);
    return kind ? `[${kind}, not shown]` : clip(text, LONGEST_TEXT);
}
