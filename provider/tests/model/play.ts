import { rm } from "node:fs/promises";
import * as fc from "fast-check";
import { ReleaseError } from "../../src/release/failure.js";
import { ReusableEmulator } from "../support/reusable-emulator.js";
import { type Properties, type Result, stateOf } from "../support/stack.js";
import { botsSide } from "./bots-side.js";
import {
    describeHistory,
    type History,
    type Mishap,
    type Setting,
    type Step,
    type Version,
} from "./history.js";
import {
    Broken,
    checkAlways,
    checkRefresh,
    checkRefusedNextTime,
    checkSecrets,
    checkUp,
    expectThat,
    liveNow,
    look,
    openIntents,
} from "./invariants.js";
import { ModelWorld } from "./model-world.js";
import type { SideMaker } from "./platform-side.js";

/** A step that takes longer than this in real time hangs, in milliseconds. */
const HANGS = 20_000;

/** Why the same version may be refused for good: the message says what to do instead. */
const FOR_GOOD =
    /rejected-content|is taken by deployment|was used by|used before|is no longer live|Mend the flow|rolled back on the platform|no longer knows it/;

/** What a snapshot lacks that was taken while it was missing stays missing in it. */
const LACKS = /dependency_validation_failed/;

/** What was live before is gone, or nobody knows what it was: the message says so. */
const NOWHERE_TO_GO = /is not there any more|is written down nowhere/;

/** How the commands of all histories ended: that they are not all refused is worth knowing. */
export const endings = new Map<string, number>();

function count(result: unknown, died: boolean): void {
    const outcome = (result as Partial<{ outcome: string }>)?.outcome ?? String(result);
    const ending = died ? "died" : outcome;
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
}

/** Emulators that no history plays against just now: to start one takes as long as a history of some steps. */
const idle = new Map<SideMaker, ReusableEmulator[]>();

/** Ends what the histories have left running for the next ones. */
export async function closeEmulators(): Promise<void> {
    const all = [...idle.values()].flat();
    idle.clear();
    await Promise.all(all.map((emulator) => emulator.close()));
}

/** Plays a history against an emulator of its own. @throws Broken at the first invariant that does not hold. */
export async function play(history: History, side: SideMaker): Promise<void> {
    const emulator = idle.get(side)?.pop() ?? (await ReusableEmulator.start(side.data()));
    try {
        const model = await ModelWorld.start(side, emulator);
        try {
            await new Player(model).play(history);
        } finally {
            await model.close();
        }
    } catch (error) {
        // Something of it may go on.
        await emulator.close();
        throw error;
    }
    idle.set(side, [...(idle.get(side) ?? []), emulator]);
}

/** One history on its way. */
class Player {
    private readonly tags: string[] = ["v2.0.0"];
    private settings: Properties = {
        changelog: "one",
        dependencies: { validate: true },
        simulation: { testCases: TEST_CASES.slice(0, 1), timeoutSeconds: 60 },
        deployment: { timeoutSeconds: 60 },
        health: { intervalSeconds: 2, successesRequired: 2, errorsAllowed: 2, timeoutSeconds: 20 },
    };
    private tag = "v2.0.0";
    private readonly said: string[] = [];

    constructor(private readonly model: ModelWorld) {}

    async play({ steps, retrySame }: History): Promise<void> {
        for (const step of steps) {
            this.model.step += 1;
            await inTime(this.take(step));
        }
        this.model.step += 1;
        await inTime(this.converge(retrySame));
    }

    private async take(step: Step): Promise<void> {
        const { model } = this;
        switch (step.do) {
            case "up":
                this.declareVersion(step.version);
                await this.up(step.mishaps);
                return;
            case "preview":
                this.declareVersion(step.version);
                await this.preview(step.mishaps);
                return;
            case "refresh":
                await this.command(step.mishaps, () => model.stack.refresh());
                return;
            case "destroy":
                await this.destroy(step.mishaps);
                return;
            case "declare":
                this.declare(step.setting);
                return;
            case "happens":
                model.happen(step.happening);
                return;
            case "next deployment":
                model.side.nextDeployment(step);
                return;
            case "wait":
                model.world.clock.skip(step.seconds * 1000);
                return;
            default:
                model.setAside();
                await rm(model.world.ledgerFile, { force: true });
        }
    }

    private async up(mishaps: readonly Mishap[]) {
        const { model } = this;
        model.args = this.args();
        const before = look(model);
        const result = await this.command(mishaps, () => model.stack.up(model.args));
        if (typeof result === "object") {
            await checkUp(model, before, result, mishaps.length === 0);
            await checkRefusedNextTime(model);
        }
        return result;
    }

    private async preview(mishaps: readonly Mishap[]): Promise<void> {
        const { model } = this;
        model.args = this.args();
        const { mutations } = look(model);
        await this.command(mishaps, () => model.stack.preview(model.args));
        expectThat(7, model.mutations.length === mutations, () => "a preview changed something");
    }

    private async destroy(mishaps: readonly Mishap[]): Promise<void> {
        const { model } = this;
        const { resource, liveId } = look(model);
        const begun = openIntents(model).map(({ version_tag }) => version_tag);
        const result = await this.command(mishaps, () => model.stack.destroy());
        if (mishaps.length > 0) {
            return;
        }
        const said = String(this.said.at(-1));
        if (result === "failed" && NOWHERE_TO_GO.test(said)) {
            return;
        }
        expectThat(9, result === "done", () => `destroy failed: ${said}`);
        const { deploymentId, onDelete } = stateOf(resource);
        const live = liveNow(model);
        const left = model.started.find(
            (one) => begun.includes(one.versionTag) && model.side.stands(one.deploymentId),
        );
        expectThat(
            9,
            !resource || onDelete === "retain" || !left,
            () => `after a destroy ${left?.versionTag} of a run that was cut off still stands`,
        );
        expectThat(
            9,
            onDelete === "retain"
                ? live?.deploymentId === liveId
                : deploymentId !== live?.deploymentId || !live,
            () =>
                `after a destroy with onDelete ${String(onDelete)} ${live?.versionTag ?? "nothing"} is live`,
        );
    }

    /** Runs a command with its mishaps, and holds everything against it that always counts. */
    private async command<T>(
        mishaps: readonly Mishap[],
        run: () => Promise<T>,
    ): Promise<T | "failed" | "done"> {
        const { model } = this;
        const before = look(model);
        model.arm(mishaps);
        let result: T | "failed" | "done";
        try {
            result = (await run()) ?? "done";
        } catch (error) {
            if (!model.died && !(error instanceof ReleaseError)) {
                throw error;
            }
            this.said.push((error as Error).message);
            result = "failed";
        }
        model.disarm();
        const reasons = (result as Partial<{ reasons: string[] }>)?.reasons;
        this.said.push(...(Array.isArray(reasons) ? reasons : []));
        count(result, model.died);
        checkAlways(model, before);
        await checkRefresh(model);
        return result;
    }

    /** When nothing is in the way any more, two runs at most bring live what is declared. */
    private async converge(retrySame: boolean): Promise<void> {
        const { model } = this;
        this.settle();
        if (retrySame) {
            const lacks = this.lacking();
            await this.convergeWith((reasons) => FOR_GOOD.test(reasons) || lacks(reasons));
        }
        model.side.edit(`a content of its own, ${model.step}`);
        do {
            this.declareVersion({ tag: "next" });
        } while (!(await this.convergeWith(this.lacking())));
        const again = await this.up([]);
        expectThat(
            7,
            typeof again === "object" && again.outcome === "unchanged",
            () => `\`up\` again is ${JSON.stringify(again)}`,
        );
        const open = openIntents(model);
        expectThat(
            6,
            open.length === 0,
            () =>
                `${open.map(({ action, version_tag }) => `${action} of ${version_tag}`).join(", ")}: no outcome`,
        );
        model.happen({ what: "freeze", on: true });
        model.happen({ what: "simulations", fail: true });
        model.happen({ what: "dependency", access: "missing" });
        await this.destroy([]);
        await checkSecrets(model, this.said);
    }

    /** The troubles of the platform are over, and what somebody else was doing is done. */
    private settle(): void {
        const { model } = this;
        model.happen({ what: "freeze", on: false });
        model.happen({ what: "simulations", fail: false });
        model.happen({ what: "dependency", access: "ok" });
        model.happen({ what: "health", sequence: [], afterwards: true });
        model.side.settle();
    }

    /** Whether reasons are those of a version that stands already, and lacks something. */
    private lacking(): (reasons: string) => boolean {
        const stands = this.model.side.isFrozen(this.tag);
        return (reasons) => stands && LACKS.test(reasons);
    }

    /** @returns whether it came live; false where it may be refused for good. */
    private async convergeWith(accepted: (reasons: string) => boolean): Promise<boolean> {
        let last: Result | "failed" | "done" = "failed";
        for (let run = 1; run <= 2; run += 1) {
            last = await this.up([]);
            if (typeof last === "object" && (last.outcome === "done" || last.outcome === "unchanged")) {
                return true;
            }
        }
        const reasons =
            typeof last === "object" && "reasons" in last ? last.reasons.join("\n") : String(last);
        expectThat(3, accepted(reasons), () => `two runs of ${this.tag} did not converge: ${reasons}`);
        return false;
    }

    private declareVersion(version: Version): void {
        if (version.tag === "next") {
            this.tag = `v2.${this.tags.length}.0`;
            this.tags.push(this.tag);
        }
        if (version.tag === "by hand") {
            this.tag = this.model.side.deployedByHand ?? this.tag;
        }
        if (version.tag === "older") {
            this.tag = this.tags[Math.max(0, this.tags.indexOf(this.tag) - version.back)] ?? this.tag;
        }
    }

    private declare({ set, to }: Setting): void {
        const { deployment, health, artifact: _, simulation: __, ...rest } = this.settings;
        switch (set) {
            case "changelog":
            case "onDelete":
            case "adopt":
                this.settings = { ...this.settings, [set]: to };
                break;
            case "artifact":
                this.settings = {
                    ...this.settings,
                    ...(to ? { artifact: { directory: "artifacts" } } : { artifact: undefined }),
                };
                break;
            case "prune":
                this.settings = { ...this.settings, snapshots: { prune: to } };
                break;
            case "rollbackOnFailure":
            case "onConflict":
                this.settings = { ...this.settings, deployment: { ...(deployment as object), [set]: to } };
                break;
            case "retryRejected": {
                const { retryRejected: ___, ...without } = deployment as Properties;
                this.settings = {
                    ...this.settings,
                    deployment: to ? { ...without, retryRejected: "the model says so" } : without,
                };
                break;
            }
            case "onInconclusive":
                this.settings = { ...this.settings, health: { ...(health as object), [set]: to } };
                break;
            case "validate":
                this.settings = { ...this.settings, dependencies: { validate: to } };
                break;
            default:
                this.settings = {
                    ...rest,
                    deployment,
                    health,
                    artifact: this.settings.artifact,
                    ...(to === 0
                        ? {}
                        : { simulation: { testCases: TEST_CASES.slice(0, to), timeoutSeconds: 60 } }),
                };
        }
    }

    private args(): Properties {
        return JSON.parse(
            JSON.stringify({
                ...this.model.side.place,
                versionTag: this.tag,
                ...this.settings,
                health: { ...(this.settings.health as Properties), ...this.model.side.health },
            }),
        ) as Properties;
    }
}

const TEST_CASES = [
    { input: "book a flight", expectedIntent: "book_flight" },
    { input: "cancel my reservation", expectedIntent: "cancel_reservation" },
];

async function inTime(work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Broken(10, "a step does not end")), HANGS);
    });
    try {
        await Promise.race([work, late]);
    } finally {
        clearTimeout(timer);
    }
}

/** How many histories are played at a time: while one waits for its disk and its sockets another goes on. */
export const LANES = 4;

/** What became of the history of a seed. */
export type Verdict = { holds: true } | { holds: false; report: string };

/** A verdict as a process tells it to another. */
export interface SeedVerdict {
    api: SideMaker["api"];
    seed: number;
    verdict: Verdict;
}

/** How long a failing history is made shorter, in milliseconds. */
const SHORTENING = 120_000;

/** Plays the history of a seed; one that breaks is made as short as it can be. */
export async function playSeed(seed: number, side: SideMaker = botsSide): Promise<Verdict> {
    const broken = await firstBreak(seed, { interruptAfterTimeLimit: SHORTENING }, side);
    if (!broken) {
        return { holds: true };
    }
    const { history, why } = await shorten(broken, side);
    return {
        holds: false,
        report: [
            `seed ${seed}: ${why}`,
            describeHistory(history),
            `   again: npm run soak -- --api ${side.api} --seed ${seed}`,
        ].join("\n"),
    };
}

/** A history that breaks. */
interface Break {
    history: History;
    error: Error | undefined;
}

/** Plays the history of a seed. @returns how it breaks; undefined when it holds. */
export async function firstBreak(
    seed: number,
    options: fc.Parameters<[History]>,
    side: SideMaker = botsSide,
): Promise<Break | undefined> {
    const details = await fc.check(
        fc.asyncProperty(side.histories, (history) => play(history, side)),
        { ...options, seed, numRuns: 1 },
    );
    const [history] = details.counterexample ?? [];
    return details.failed && history
        ? { history, error: (details.errorInstance as Error | null) ?? undefined }
        : undefined;
}

/** Leaves out what a history needs not to break in the same way. */
async function shorten(
    { history: found, error }: Break,
    side: SideMaker,
): Promise<{ history: History; why: string }> {
    const until = Date.now() + SHORTENING;
    let best = { history: found, why: error?.message ?? "it broke" };
    for (let shorter = true; shorter && Date.now() < until; ) {
        shorter = false;
        for (const history of shorterOnes(best.history)) {
            const now = await errorOf(history, side);
            if (now && (!(error instanceof Broken) || (now as Broken).invariant === error.invariant)) {
                best = { history, why: now.message };
                shorter = true;
                break;
            }
        }
    }
    return best;
}

function* shorterOnes({ steps, retrySame }: History): Iterable<History> {
    for (const [index, step] of steps.entries()) {
        yield { steps: steps.toSpliced(index, 1), retrySame };
        for (const at of "mishaps" in step ? step.mishaps.keys() : []) {
            const mishaps = (step as { mishaps: Mishap[] }).mishaps.toSpliced(at, 1);
            yield { steps: steps.with(index, { ...step, mishaps } as Step), retrySame };
        }
    }
    if (retrySame) {
        yield { steps, retrySame: false };
    }
}

async function errorOf(history: History, side: SideMaker): Promise<Error | undefined> {
    try {
        await play(history, side);
        return undefined;
    } catch (error) {
        return error as Error;
    }
}
