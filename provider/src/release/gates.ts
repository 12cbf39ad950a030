import { clip } from "./clip.js";
import type { Simulation, TestCase } from "./inputs.js";

/** Something that a flow needs: an intent, an entity, an external API, or another resource. */
export interface Dependency {
    resourceType: string;
    resourceId: string;
    /** Where in the flow it is used. */
    referencePath: string;
}

/**
 * Whether a dependency can be used: `missing` does not exist, `forbidden` exists but is not accessible, `broken` is there
 * and does not work, with the reason.
 */
export type DependencyState = "ok" | "missing" | "forbidden" | { broken: string };

/** The outcome of dependency validation. */
export interface DependencyReport {
    valid: boolean;
    missing_resources: { type: string; id: string; reference: string }[];
    broken_references: { type: string; id: string; error: string }[];
    checked_count: number;
}

/** One conversation as the platform played it. */
export interface SimulationStep {
    status: string;
    /** What was played, where it is no test case: `playbook "Rebooking"`. */
    subject?: string | undefined;
    input?: string | undefined;
    expectedIntent?: string | undefined;
    /** The intent that was recognised; null when none was, undefined when the platform does not say. */
    actualIntent?: string | null | undefined;
    reason?: string | undefined;
}

/** What the gates found, in the form that state, policies and people read. Holds no clock and no run id. */
export interface GateSummary {
    dependencies: { validated: boolean; checked: number };
    simulation?: { passed: number; total: number; passRate: number; minPassRate: number };
}

/** Says which of the gates that are declared were passed: all, or there would be no summary. */
export function gatesPassed({ dependencies, simulation }: GateSummary): string {
    const passed = [
        ...(dependencies.validated ? [`${dependencies.checked} dependencies`] : []),
        ...(simulation ? [`${simulation.passed} of ${simulation.total} conversations`] : []),
    ];
    return passed.length === 0
        ? "no gates are declared"
        : `gates ${passed.length}/${passed.length} passed: ${passed.join(", ")}`;
}

/** A gate that refuses the release: its name, and why in lines for people. */
export interface Blocked {
    gate: "dependency_validation_failed" | "simulation_failed";
    /** What was found, one line. */
    summary: string;
    /** One line per finding. */
    findings: string[];
    /** What to do, one sentence. */
    advice: string;
}

/** Why something does not work is cut to so many characters. */
const LONGEST_REASON = 300;
/** A finding of more characters is cut. */
const LONGEST_FINDING = 500;
/** More uses of one resource than this are cut, with a count. */
const MOST_USES = 3;

/** Puts the states of all dependencies together. */
export function dependencyReport(
    found: readonly { dependency: Dependency; state: DependencyState }[],
): DependencyReport {
    const missing = found.filter(({ state }) => state === "missing");
    const broken = found.flatMap(({ dependency, state }) => {
        const error = errorOf(state);
        return error === undefined ? [] : [{ dependency, error }];
    });
    return {
        valid: missing.length + broken.length === 0,
        missing_resources: missing.map(({ dependency }) => ({
            type: dependency.resourceType,
            id: dependency.resourceId,
            reference: dependency.referencePath,
        })),
        broken_references: broken.map(({ dependency, error }) => ({
            type: dependency.resourceType,
            id: dependency.resourceId,
            error: `${error} from ${dependency.referencePath}`,
        })),
        checked_count: found.length,
    };
}

function errorOf(state: DependencyState): string | undefined {
    if (typeof state === "object") {
        return `${clip(state.broken, LONGEST_REASON)}; used`;
    }
    return state === "forbidden" ? "not accessible" : undefined;
}

/** Judges a dependency report. Undefined: the release may go on. */
export function judgeDependencies(report: DependencyReport): Blocked | undefined {
    if (report.valid) {
        return undefined;
    }
    const bad = report.missing_resources.length + report.broken_references.length;
    return {
        gate: "dependency_validation_failed",
        summary: `${bad} of ${report.checked_count} dependencies cannot be used`,
        findings: [
            ...byResource(report.missing_resources, ({ reference }) => reference).map(
                ([resource, uses]) => `${resource} is missing (used at ${listed(uses)})`,
            ),
            ...byResource(report.broken_references, ({ error }) => error).map(
                ([resource, errors]) => `${resource} cannot be used: ${listed(errors)}`,
            ),
        ].map(shortened),
        advice: "Restore what is missing, grant access to what is forbidden, or take it out of the flow",
    };
}

/** One entry for each resource, however often it is used. */
function byResource<T extends { type: string; id: string }>(
    items: readonly T[],
    textOf: (item: T) => string,
): [string, string[]][] {
    const texts = new Map<string, string[]>();
    for (const item of items) {
        const resource = `${item.type} "${item.id}"`;
        const ofResource = texts.get(resource) ?? [];
        // Not a new list for each: there may be a hundred thousand.
        ofResource.push(textOf(item));
        texts.set(resource, ofResource);
    }
    return [...texts];
}

function shortened(finding: string): string {
    return clip(finding, LONGEST_FINDING);
}

/** The first few, and how many more there are. */
function listed(texts: readonly string[]): string {
    const shown = texts.slice(0, MOST_USES).join(", ");
    return texts.length > MOST_USES ? `${shown} and ${texts.length - MOST_USES} more` : shown;
}

/** A simulation as far as it has come. */
export interface SimulationProgress {
    /** The platform's word for the whole run, where it has one. */
    status?: string | undefined;
    steps: SimulationStep[];
}

/**
 * Tells whether every conversation of a simulation has ended. A run that does not say so itself has ended when there
 * is an outcome for every test case.
 */
export function simulationEnded({ status, steps }: SimulationProgress, conversations: number): boolean {
    const complete =
        status === "completed" || status === "failed" ? steps.length > 0 : steps.length >= conversations;
    return complete && steps.every((step) => step.status === "passed" || step.status === "failed");
}

/** How many conversations are simulated. */
export function conversationsIn({ testCases, playbooks, scenarios }: Simulation): number {
    const runs = (scenarios ?? []).reduce((sum, scenario) => sum + scenario.runs, 0);
    return testCases.length + (playbooks ?? []).length + runs;
}

/** Counts a simulation that has ended. A conversation without an outcome has not passed. */
export function simulationSummary(
    steps: readonly SimulationStep[],
    conversations: number,
    minPassRate: number,
): NonNullable<GateSummary["simulation"]> {
    const passed = steps.filter(({ status }) => status === "passed").length;
    const total = Math.max(steps.length, conversations);
    // Rounded down: 99,999 of 100,000 are not all.
    const passRate = total === 0 ? 0 : Math.floor((passed / total) * 1e4) / 1e4;
    return { passed, total, passRate, minPassRate };
}

/** Judges a simulation that has ended. Undefined: the release may go on. */
export function judgeSimulation(
    steps: readonly SimulationStep[],
    testCases: readonly TestCase[],
    minPassRate: number,
    conversations = testCases.length,
): Blocked | undefined {
    const { passed, total } = simulationSummary(steps, conversations, minPassRate);
    // Not the rounded rate: 9,999 of 10,000 and a half are not a pass.
    if (total > 0 && passed / total >= minPassRate) {
        return undefined;
    }
    const failed = steps.flatMap((step, index) =>
        step.status === "passed" ? [] : [finding(step, testCases[index])],
    );
    const missing = testCases.slice(steps.length).map(({ input }) => `"${input}" has no outcome`);
    // To 12 digits: 0.57 times 100 is 56.99999999999999 by itself.
    const percent = Number((minPassRate * 100).toPrecision(12));
    const share = minPassRate === 1 ? "all must pass" : `at least ${percent} % must pass`;
    return {
        gate: "simulation_failed",
        summary: `${total - passed} of ${total} simulated conversations failed (${share})`,
        findings: [...failed, ...missing].map(shortened),
        advice: "Mend the flow, its intents' example sentences, or the test case",
    };
}

function finding(step: SimulationStep, testCase: TestCase | undefined): string {
    if (step.subject !== undefined) {
        return `${step.subject} failed${step.reason ? `: ${step.reason}` : ""}`;
    }
    const input = step.input ?? testCase?.input ?? "";
    const expected = step.expectedIntent ?? testCase?.expectedIntent ?? "";
    const why = step.reason ? `: ${step.reason}` : "";
    if (step.actualIntent === undefined) {
        return `"${input}" should reach intent "${expected}" and did not${why}`;
    }
    const actual = step.actualIntent === null ? "no intent" : `intent "${step.actualIntent}"`;
    return `"${input}" should reach intent "${expected}" but reached ${actual}${why}`;
}
