import * as z from "zod";
import { ReleaseError } from "../../release/failure.js";
import type { SimulationStep } from "../../release/gates.js";
import type { Scenario } from "../../release/inputs.js";
import { isPlatformError, PlatformError } from "../errors.js";
import { list } from "../shape.js";
import type { AiApi } from "./api.js";
import { onlyOne } from "./only-one.js";
import type { Stage, Trial } from "./trial.js";

/** The Simulator is a service of its own beside the API. */
const BASE = "/testing";
const PAGE_SIZE = 100;
const RUN = { needs: "run simulations" };

const text = z.string().max(2_000);
const scenario = z.object({ id: text.optional(), referenceId: text, name: text });
const batch = z.object({ referenceId: text, name: text.nullish(), status: text.nullish() });
const started = z.object({ referenceId: text.nullish() });
const run = z.object({
    metrics: z
        .object({
            success: z.boolean().nullish(),
            summary: z.string().nullish(),
            errorInfo: z.object({ message: z.string().nullish() }).nullish(),
        })
        .nullish(),
});
const model = z.object({ referenceId: text, name: text, isDefault: z.boolean().nullish() });

function data<T>(item: z.ZodType<T>) {
    return z.object({ data: list(item) });
}

/** Where a scenario is played, and whether the draft may stand in for the version. */
export interface ScenarioStage extends Stage {
    /** Names this simulation among others. */
    label: string;
    /** Whether the draft has the same content as the entrypoint. */
    isDraft: () => Promise<boolean>;
}

/** A scenario of the Simulator: a person, played by a language model, who talks to the bot until its mission is over. */
export class ScenarioTrial implements Trial {
    steps: readonly SimulationStep[] | undefined;
    private reference: string | undefined;
    private batch: string | undefined;

    constructor(
        private readonly api: AiApi,
        private readonly stage: ScenarioStage,
        private readonly scenario: Scenario,
    ) {}

    async advance(): Promise<void> {
        if (this.reference === undefined) {
            this.reference = await this.find();
            this.batch = await this.schedule(this.reference, this.stage.entrypoint);
            return;
        }
        // Some versions do not say which set of runs they have begun.
        this.batch ??= await this.begun(this.reference);
        if (this.batch === undefined) {
            return;
        }
        const path = `/simulations/${encode(this.reference)}/batches/${encode(this.batch)}`;
        const { status } = await this.get(path, batch);
        if (status === "COMPLETED" || status === "FAILED" || status === "STOPPED") {
            const { data: runs } = await this.get(`${path}/runs`, data(run), { limit: String(PAGE_SIZE) });
            this.steps = stepsOf(this.scenario, runs, status);
        }
    }

    /** A set of runs stays where its authors look for it. */
    async clear(): Promise<void> {}

    private async find(): Promise<string> {
        const found: z.output<typeof scenario>[] = [];
        for (let page = 0; ; page += 1) {
            const query = { limit: String(PAGE_SIZE), skip: String(page * PAGE_SIZE) };
            const { data: items } = await this.get("/simulations", data(scenario), query);
            found.push(...items);
            if (items.length < PAGE_SIZE) {
                break;
            }
        }
        const same = found.filter(({ name }) => name === this.scenario.name);
        return onlyOne(same, "scenario", this.scenario.name).referenceId;
    }

    private async schedule(reference: string, entrypoint: string): Promise<string | undefined> {
        const { projectId, flowId, localeId, label } = this.stage;
        const path = `/simulations/${encode(reference)}/schedule`;
        try {
            const { referenceId } = await this.api.http.json(
                {
                    method: "POST",
                    path: BASE + path,
                    json: {
                        name: label,
                        projectReference: projectId,
                        numberOfExecutions: this.scenario.runs,
                        runConfig: {
                            entrypoint,
                            flowReferenceId: flowId,
                            localeReferenceId: localeId,
                            largeLanguageModelReferenceId: await this.languageModel(),
                        },
                    },
                    ...RUN,
                },
                started,
            );
            return referenceId ?? undefined;
        } catch (error) {
            if (!isPlatformError(error, "rejected") || entrypoint === projectId) {
                throw error;
            }
            // Whether a snapshot can be played is not sure. Its content can, where the draft has it.
            if (!(await this.stage.isDraft())) {
                throw new PlatformError(
                    "rejected",
                    error.call,
                    `${error.message} Where scenarios are played on drafts alone, a version that the draft has left behind cannot be simulated.`,
                );
            }
            return this.schedule(reference, projectId);
        }
    }

    private async begun(reference: string): Promise<string | undefined> {
        const { data: batches } = await this.get(`/simulations/${encode(reference)}/batches`, data(batch), {
            limit: String(PAGE_SIZE),
        });
        return batches.find(({ name }) => name === this.stage.label)?.referenceId;
    }

    private async languageModel(): Promise<string> {
        const { projectId } = this.stage;
        const models = await this.api.all("/largelanguagemodels", model, {
            query: { projectId },
            needs: "read language models",
        });
        const wanted = this.scenario.languageModel;
        const found =
            wanted === undefined
                ? (models.find(({ isDefault }) => isDefault) ?? models[0])
                : models.find(({ name, referenceId }) => name === wanted || referenceId === wanted);
        if (!found) {
            throw new ReleaseError(
                `\`simulation.scenarios\`: the project has no language model${wanted === undefined ? "" : ` "${wanted}"`} ` +
                    `to play the person of "${this.scenario.name}". Set one up, or name one in \`languageModel\`.`,
            );
        }
        return found.referenceId;
    }

    private get<T>(path: string, shape: z.ZodType<T>, query: Record<string, string> = {}): Promise<T> {
        return this.api.http.json(
            {
                method: "GET",
                path: BASE + path,
                query: { projectId: this.stage.projectId, ...query },
                largest: 16 * 1024 * 1024,
                ...RUN,
            },
            shape,
        );
    }
}

/** One outcome for each conversation that was to be held. That a set is completed does not mean that any went well. */
function stepsOf(
    { name, runs }: Scenario,
    held: readonly z.output<typeof run>[],
    status: string,
): SimulationStep[] {
    return Array.from({ length: Math.max(runs, held.length) }, (_, index) => {
        const subject = `scenario "${name}", conversation ${index + 1}`;
        const metrics = held[index]?.metrics;
        if (metrics?.success === true) {
            return { status: "passed", subject };
        }
        const reason = metrics?.errorInfo?.message ?? metrics?.summary ?? `it was not held (${status})`;
        return { status: "failed", subject, reason };
    });
}

function encode(reference: string): string {
    return encodeURIComponent(reference);
}
