import type { Clock } from "../../clock.js";
import type { SimulationProgress } from "../../release/gates.js";
import type { Simulation } from "../../release/inputs.js";
import { nextPoll } from "../../release/polling.js";
import { isPlatformError, PlatformError } from "../errors.js";
import type { AiApi } from "./api.js";
import { IntentTrial, removeAbandonedPlaybooks } from "./intent-trial.js";
import { PlaybookTrial } from "./playbook-trial.js";
import { SPARING } from "./rhythm.js";
import { type ScenarioStage, ScenarioTrial } from "./scenario-trial.js";
import type { Trial } from "./trial.js";

/** How many trials go on at a time: a tenant runs ten playbooks, and others want to run some, too. */
const AT_A_TIME = 5;

/** Simulations on their way: test cases, playbooks and scenarios. */
export class Simulations {
    private readonly running = new Map<string, Running>();

    constructor(
        private readonly api: AiApi,
        private readonly clock: Clock,
    ) {}

    /** Starts a simulation. @returns its id. */
    async start(
        stage: ScenarioStage,
        { testCases, playbooks = [], scenarios = [] }: Simulation,
    ): Promise<string> {
        if (testCases.length > 0) {
            await removeAbandonedPlaybooks(this.api, stage.projectId, this.clock);
        }
        const trials = [
            ...testCases.map((testCase) => new IntentTrial(this.api, stage, testCase)),
            ...playbooks.map((name) => new PlaybookTrial(this.api, stage, name)),
            ...scenarios.map((scenario) => new ScenarioTrial(this.api, stage, scenario)),
        ];
        await guarded(trials, () => advance(trials));
        const began = this.clock.monotonic();
        this.running.set(stage.label, { trials, began, looked: began });
        return stage.label;
    }

    /** How far a simulation has come; looking takes it further. Who looks more often than the tenant may be asked sees the same. */
    async progress(id: string): Promise<SimulationProgress> {
        const running = this.running.get(id);
        if (!running) {
            throw new PlatformError("not_found", id, `there is no simulation ${id}.`);
        }
        const { trials, began, looked } = running;
        const now = this.clock.monotonic();
        if (now - looked >= nextPoll(looked - began, SPARING)) {
            running.looked = now;
            await guarded(trials, () => advance(trials));
        }
        const steps = trials.flatMap((trial) => trial.steps ?? []);
        if (trials.some((trial) => !trial.steps)) {
            return { status: "running", steps };
        }
        this.running.delete(id);
        return { status: "completed", steps };
    }
}

/** A simulation on its way, and when it began and was looked at: milliseconds, by the clock that nobody sets. */
interface Running {
    trials: readonly Trial[];
    began: number;
    looked: number;
}

/** Takes the first trials that have not ended one step further. */
async function advance(trials: readonly Trial[]): Promise<void> {
    const open = trials.filter(({ steps }) => !steps).slice(0, AT_A_TIME);
    await Promise.all(open.map((trial) => trial.advance()));
}

/** Nothing of a simulation that breaks off is left behind. */
async function guarded(trials: readonly Trial[], work: () => Promise<void>): Promise<void> {
    try {
        await work();
    } catch (error) {
        // What the platform does while it is away goes on, and is asked for again.
        if (!isPlatformError(error, "unavailable", "rate_limited")) {
            await Promise.all(trials.map((trial) => trial.clear().catch(() => {})));
        }
        throw error;
    }
}
