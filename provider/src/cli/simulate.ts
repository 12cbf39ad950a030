import { Command } from "commander";
import pico from "picocolors";
import { simulate, simulationTimeout } from "../pipeline/simulate.js";
import { judgeSimulation, type SimulationStep, simulationSummary } from "../release/gates.js";
import type { TestCase } from "../release/inputs.js";
import { plainText } from "../release/plain-text.js";
import { EXIT } from "./exit-code.js";
import { addReleaseOptions, type ReleaseOptions, readRelease } from "./release-option.js";
import { addTenantOptions, openTenant, type TenantOptions } from "./tenant-option.js";
import { UsageError } from "./usage-error.js";
import { waitingFor } from "./waiting.js";

interface Options extends ReleaseOptions, TenantOptions {
    case?: TestCase[];
    json?: boolean;
}

/** `cognigy-release simulate`: the second gate, without Pulumi. */
export function simulateCommand(): Command {
    return addTenantOptions(addReleaseOptions(new Command("simulate")))
        .description(
            "Plays conversations against a flow, and tells which intents they reach. Records nothing.",
        )
        .option(
            "--case <input=intent>",
            'a conversation, such as "book a flight=book_flight"; again for more',
            addCase,
        )
        .option("--json", "print the results as JSON")
        .addHelpText(
            "after",
            '\nExamples:\n  $ cognigy-release simulate --bot bot_12345 --flow flow_67890 --case "book a flight=book_flight"' +
                "\n  $ cognigy-release simulate --release booking.json",
        )
        .action(async (options: Options) => {
            const { simulation, ...inputs } = await readRelease(
                options,
                options.case ? { simulation: { testCases: options.case } } : {},
            );
            if (!simulation) {
                throw new UsageError(
                    "there is nothing to play: say it with `--case`, or with `simulation` in `--release`.",
                );
            }
            const { testCases, timeoutSeconds, minPassRate } = simulation;
            const { id, run } = await waitingFor(
                `playing ${testCases.length} conversations`,
                simulate(await openTenant(options), inputs, simulation),
            );
            const steps = run?.steps ?? [];
            const blocked = run
                ? judgeSimulation(steps, testCases, minPassRate)
                : simulationTimeout(id, timeoutSeconds);
            const counts = simulationSummary(steps, testCases.length, minPassRate);
            if (options.json) {
                console.log(JSON.stringify({ simulationId: id, ...counts, steps }, null, 2));
            } else {
                for (const [index, step] of steps.entries()) {
                    console.log(plainText(lineOf(step, testCases[index])));
                }
                console.log(blocked?.summary ?? `${counts.passed} of ${counts.total} conversations passed`);
            }
            process.exitCode = blocked ? EXIT.refused : EXIT.good;
        });
}

function addCase(text: string, cases: TestCase[] = []): TestCase[] {
    const at = text.lastIndexOf("=");
    if (at < 1) {
        throw new UsageError(
            `--case is expected to be what the user says, "=", and the intent: not "${text}".`,
        );
    }
    return [...cases, { input: text.slice(0, at).trim(), expectedIntent: text.slice(at + 1).trim() }];
}

function lineOf(step: SimulationStep, testCase: TestCase | undefined): string {
    const input = step.input ?? testCase?.input ?? "";
    const expected = step.expectedIntent ?? testCase?.expectedIntent ?? "";
    if (step.status === "passed") {
        return `${pico.green("✓")} "${input}" reaches ${expected}`;
    }
    const actual =
        step.actualIntent === undefined ? "did not" : `reached ${step.actualIntent ?? "no intent"}`;
    return `${pico.red("✗")} "${input}" should reach ${expected}, and ${actual}`;
}
