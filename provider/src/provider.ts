import { randomUUID } from "node:crypto";
import type { ReadConfig } from "./cognigy/setting.js";
import { type Opened, openPipeline } from "./open-pipeline.js";
import { findingsFor, findingsKept, findingsOf, sameRelease } from "./pipeline/check.js";
import { gateEarly } from "./pipeline/early.js";
import { observe } from "./pipeline/observe.js";
import { attributesOf } from "./pipeline/observed.js";
import type { Pipeline } from "./pipeline/pipeline.js";
import { release } from "./pipeline/release.js";
import { retire } from "./pipeline/retire.js";
import { isRecord, sameValue } from "./release/canonical.js";
import { CONSTRUCTION_KEY, type Construction } from "./release/construction.js";
import { ReleaseError, ReleaseFailure } from "./release/failure.js";
import {
    DECLARED,
    declaredOf,
    IDENTITY,
    type InputProblem,
    parseInputs,
    placeName,
    problemText,
    type ReleaseInputs,
    releaseId,
} from "./release/inputs.js";
import { checkedIn, keptInputs } from "./release/kept-inputs.js";
import { keptState, readState } from "./release/kept-state.js";
import { type CheckedFindings, type ReleaseState, SCHEMA_VERSION, toPlain } from "./release/state.js";
import { isUnknown, UNKNOWN } from "./release/unknown.js";
import { tellIfSlow } from "./tell-if-slow.js";

/** Property bags as the engine sends and takes them. */
type Properties = Record<string, unknown>;

/** The engine's host asks for the provider's text under this key, and finds it again in the state. */
const PROVIDER_KEY = "__provider";

/** What the engine's host calls, for every release of a stack, in one process. */
export class ReleaseProvider {
    private config: ReadConfig = () => undefined;
    private readonly opened = new Map<string, Opened>();
    /** By the release's id: `check` is told the resource's name, and what comes after it is not. */
    private readonly names = new Map<string, string>();

    /** The program's run, where one has called; else this process is a run of its own. */
    private run: string = randomUUID();

    constructor(private readonly open: typeof openPipeline = openPipeline) {}

    /** Keeps the stack's config. Nothing else: calls may come in before an answer. */
    configure(request: { config: { get(key: string): string | undefined } }): void {
        this.config = (key) => request.config.get(key);
    }

    /**
     * Runs the gates of a release ahead of `check`, in the program's own process. Whatever goes wrong is told by `check`.
     *
     * @param asker the id that `check` will be handed over under {@link CONSTRUCTION_KEY}.
     * @param run the program's run.
     */
    async gateEarly(declared: Properties, asker: string, run = this.run): Promise<void> {
        this.run = run;
        const parsed = parseInputs(declared);
        if ("problems" in parsed || parsed.hasUnknowns) {
            return;
        }
        // `check` asks the platform at the same time, and tells when it does not answer: once is enough.
        const opened = this.pipelineOf(parsed.inputs.connection, () => {});
        if ("pipeline" in opened) {
            await gateEarly(opened.pipeline, parsed.inputs, asker).catch(() => {});
        }
    }

    /** Defaults and schema; and, when the release would change and all is known, the gates. Changes nothing. */
    async check(
        olds: Properties,
        news: Properties,
    ): Promise<{ inputs: Properties; failures?: CheckFailure[] }> {
        const parsed = parseInputs(programOf(news));
        if ("problems" in parsed) {
            return { inputs: news, failures: parsed.problems.map(failureOf) };
        }
        const { inputs, hasUnknowns } = parsed;
        const { id: asker, name, run = this.run } = constructionOf(news);
        this.run = run;
        if (name !== undefined) {
            this.names.set(releaseId(inputs), name);
        }
        const checked = (findings: CheckedFindings | typeof UNKNOWN) => ({ inputs: insOf(inputs, findings) });
        const earlier = checkedIn(olds);
        const unchanged = !hasUnknowns && sameRelease(inputs, earlier);
        if (isUnknown(inputs.connection)) {
            return checked(UNKNOWN);
        }
        const opened = this.pipelineOf(inputs.connection);
        if ("problems" in opened) {
            return unchanged
                ? checked(findingsOf(earlier))
                : { inputs: news, failures: opened.problems.map(failureOf) };
        }
        if (hasUnknowns) {
            return checked(UNKNOWN);
        }
        const pipeline = this.titled(opened.pipeline, inputs);
        try {
            const kept = unchanged ? await findingsKept(pipeline, inputs, earlier) : undefined;
            const findings =
                kept ??
                (await tellIfSlow(findingsFor(pipeline, inputs, earlier, asker), () =>
                    pipeline.progress("waiting for its gates"),
                ));
            return checked(findings);
        } catch (error) {
            if (error instanceof ReleaseError) {
                return { inputs: news, failures: [{ property: "", reason: error.message }] };
            }
            throw error;
        }
    }

    /** Compares. A value that is not known yet counts as changed, and never as another release. */
    async diff(
        _id: string,
        olds: Properties,
        news: Properties,
    ): Promise<{ changes: boolean; replaces: string[] }> {
        const [before, after] = [readState(olds), checkedIn(news)];
        const [was, will] = [declaredOf({ ...before }), declaredOf({ ...after })];
        const changed = DECLARED.filter((name) => !sameValue(was[name], will[name]));
        const replaces = IDENTITY.filter((name) => changed.includes(name) && !isUnknown(will[name]));
        const otherContent = after.contentHash !== undefined && after.contentHash !== before.contentHash;
        return {
            changes:
                changed.length > 0 ||
                otherContent ||
                before.status !== "completed" ||
                // The program reads its outputs from the state as it is now.
                before.schemaVersion !== SCHEMA_VERSION,
            replaces: [...replaces],
        };
    }

    /** Brings a release live. */
    async create(inputs: Properties): Promise<{ id: string; outs: Properties }> {
        const state = await this.release(inputs);
        return { id: releaseId(state), outs: outsOf(state) };
    }

    /** Brings the next version live, or takes on other settings. */
    async update(_id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }> {
        return { outs: outsOf(await this.release(news, readState(olds))) };
    }

    /** Tells what is live now. */
    async read(
        id: string,
        props: Properties,
    ): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
        const state = readState(props);
        const seen = await observe(this.pipelineFor(state), state);
        if (seen.kind === "gone") {
            return {};
        }
        const outs = outsOf(seen.state);
        const inputs = (findings: CheckedFindings) => insOf(seen.state, findings);
        switch (seen.kind) {
            case "drifted":
                // What was found out about the release's own version says nothing of the one that is live.
                return { id, props: outs, inputs: inputs({}) };
            case "returned":
                return { id, props: outs, inputs: inputs(findingsOf(seen.state)) };
            default:
                return { id, props: outs };
        }
    }

    /** Rolls the release back, or leaves it live, as declared. */
    async delete(_id: string, props: Properties): Promise<void> {
        const state = readState(props);
        const pipeline = this.pipelineFor(state);
        await pipeline.trace("cognigy.delete", attributesOf(state), () => retire(pipeline, state));
    }

    private async release(properties: Properties, prior?: ReleaseState): Promise<ReleaseState> {
        const inputs = checkedIn(properties);
        try {
            const pipeline = this.pipelineFor(inputs);
            return await pipeline.trace("cognigy.release", attributesOf(inputs), () =>
                release(pipeline, inputs, prior),
            );
        } catch (error) {
            if (error instanceof ReleaseFailure) {
                // The engine keeps these properties, and the next `up` goes on from them.
                throw Object.assign(error, {
                    id: releaseId(inputs),
                    properties: { ...outsOf(error.state), [PROVIDER_KEY]: properties[PROVIDER_KEY] },
                    reasons: [error.message],
                });
            }
            throw error;
        }
    }

    private pipelineFor(release: ReleaseInputs | ReleaseState): Pipeline {
        const opened = this.pipelineOf(release.connection);
        if ("problems" in opened) {
            throw new ReleaseError(opened.problems.map(problemText).join("\n"));
        }
        return this.titled(opened.pipeline, release);
    }

    /** A pipeline that says of which release it tells: by the resource's name where that is known. */
    private titled(pipeline: Pipeline, release: ReleaseInputs | ReleaseState): Pipeline {
        const name = this.names.get(releaseId(release)) ?? placeName(release);
        return { ...pipeline, progress: (line) => pipeline.progress(`${name}: ${line}`) };
    }

    private pipelineOf(connection: string, outage?: (line: string) => void): Opened {
        const { run } = this;
        const opened = this.opened.get(connection) ?? this.open(connection, this.config, { run, outage });
        this.opened.set(connection, opened);
        return opened;
    }
}

interface CheckFailure {
    property: string;
    reason: string;
}

/** The property stands in the text: where the engine is given it, it prints the value, and that may be a secret. */
function failureOf(problem: InputProblem): CheckFailure {
    return { property: "", reason: problemText(problem) };
}

/** Inputs as the engine keeps them. */
function insOf(inputs: ReleaseInputs, findings: CheckedFindings | typeof UNKNOWN): Properties {
    const plain = toPlain({ inputs, findings }) as { inputs: ReleaseInputs; findings: CheckedFindings };
    return keptInputs(plain.inputs, plain.findings);
}

/** A state as the engine keeps it. */
function outsOf(state: ReleaseState): Properties {
    return keptState(toPlain(state) as unknown as ReleaseState);
}

/** What the program declared: without what the resource adds for us. */
function programOf(properties: Properties): Properties {
    const { [PROVIDER_KEY]: _, [CONSTRUCTION_KEY]: __, ...rest } = properties;
    return isRecord(rest) ? rest : {};
}

/** What the resource's constructor handed over; nothing where the program was built with an earlier version. */
function constructionOf({ [CONSTRUCTION_KEY]: value }: Properties): Partial<Construction> {
    return isRecord(value) ? (value as Partial<Construction>) : {};
}

/** What `require("pulumi-cognigy/provider")` is for: the line in the state calls this by name. It never moves. */
export const provider = new ReleaseProvider();
