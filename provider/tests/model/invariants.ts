import type { LedgerEvent } from "../../src/ledger/event.js";
import { type Properties, type Result, type StoredResource, stateOf } from "../support/stack.js";
import type { ModelWorld, Started } from "./model-world.js";

/** What must always hold; the numbers are used in reports. */
export const INVARIANTS = {
    1: "nothing goes live that has not passed its gates with the same content",
    2: "never two deployments of one bot in flight",
    3: "state and ledger tell what is live, and the next runs converge by themselves",
    4: "what was rolled back fails, and is refused next time",
    5: "no secret is written down",
    6: "every mutating call is in the ledger: intent before, outcome after",
    7: "a preview, and an up with nothing to do, change nothing",
    8: "nothing is deployed twice",
    9: "rollback and delete are never blocked",
    10: "nobody sees a mistake of the program",
    11: "what is kept was found healthy, and the ledger has its probes",
    12: "what somebody else did is not overwritten, and what may be gone back to is there",
    13: "a rollback leads to what was live before",
} as const;

/** An invariant that does not hold. */
export class Broken extends Error {
    override name = "Broken";

    constructor(
        readonly invariant: keyof typeof INVARIANTS,
        readonly what: string,
    ) {
        super(`invariant ${invariant} (${INVARIANTS[invariant]}): ${what}`);
    }
}

export function expectThat(
    invariant: keyof typeof INVARIANTS,
    holds: boolean,
    what: () => string,
): asserts holds {
    if (!holds) {
        throw new Broken(invariant, what());
    }
}

/** How long evidence counts, and how long a deployment may be on its way to the platform after that: milliseconds. */
const EVIDENCE_COUNTS = (3_600 + 1_800) * 1000;

/** What stood before a command, to hold against what stands after it. */
export interface Before {
    resource: StoredResource | undefined;
    liveTag: string | undefined;
    liveId: string | undefined;
    events: number;
    starts: number;
    mutations: number;
    simulations: number;
    /** Whether the state's view was the platform's. */
    inStep: boolean;
}

export function look(model: ModelWorld): Before {
    const { resource } = model.stack;
    const live = liveNow(model);
    return {
        resource: structuredClone(resource),
        liveTag: live?.versionTag,
        liveId: live?.deploymentId,
        events: model.everRecorded().length,
        starts: model.started.length,
        mutations: model.mutations.length,
        simulations: model.simulations,
        inStep: stateOf(resource).liveVersionTag === live?.versionTag,
    };
}

export function liveNow({ side }: ModelWorld) {
    return side.live();
}

/** Invariants 1, 2, 5 (messages), 6, 8, 10: whatever was done. */
export function checkAlways(model: ModelWorld, before: Before): void {
    const [broken] = model.broken;
    if (broken) {
        throw broken;
    }
    expectThat(10, model.crashes.length === 0, () => model.crashes.join("\n"));
    const fresh = model.started.slice(before.starts);
    for (const started of fresh) {
        checkGates(model, started);
    }
    checkOverlaps(model);
    const tags = fresh.map(({ versionTag }) => versionTag);
    expectThat(8, new Set(tags).size === tags.length, () => `one command deployed ${tags.join(" and ")}`);
    checkGateVerdicts(model, before);
}

function checkGates(model: ModelWorld, { versionTag, contentHash, names, at, raced }: Started): void {
    if (raced) {
        return;
    }
    const { dependencies, simulation } = model.args as {
        dependencies: { validate: boolean };
        simulation?: { testCases: unknown[] };
    };
    const passed = (action: LedgerEvent["action"], total?: number) =>
        model
            .everRecorded()
            .some(
                (event) =>
                    event.action === action &&
                    event.status === "passed" &&
                    event.version_tag === versionTag &&
                    [contentHash, ...names].includes(String(event.content_hash)) &&
                    (total === undefined || event.details.total === total) &&
                    Date.parse(event.timestamp) <= at &&
                    Date.parse(event.timestamp) >= at - EVIDENCE_COUNTS,
            );
    expectThat(
        1,
        !dependencies.validate || passed("dependency_validation"),
        () => `${versionTag} was deployed with content ${contentHash}, whose dependencies were not validated`,
    );
    expectThat(
        1,
        !simulation || passed("simulation", simulation.testCases.length),
        () => `${versionTag} was deployed with content ${contentHash}, which was not simulated`,
    );
}

/** A gate does not pass while the model knows that it cannot. */
function checkGateVerdicts(model: ModelWorld, before: Before): void {
    if (model.disturbed) {
        return;
    }
    for (const { action, status } of model.everRecorded().slice(before.events)) {
        const cannot =
            (action === "simulation" && model.simulationsFail) ||
            (action === "dependency_validation" && model.dependency !== "ok");
        expectThat(1, !(cannot && status === "passed"), () => `${action} passed although it cannot`);
    }
}

function checkOverlaps({ side }: ModelWorld): void {
    const [overlap] = side.overlaps();
    expectThat(2, !overlap, () => `${overlap?.one} and ${overlap?.other} were in progress together`);
}

/** Invariants 3, 4, 6, 7, 9, 11 after an `up`. */
export async function checkUp(
    model: ModelWorld,
    before: Before,
    result: Result,
    clean: boolean,
): Promise<void> {
    const { args, stack } = model;
    const tag = String(args.versionTag);
    const events = model.everRecorded().slice(before.events);
    const starts = model.started.slice(before.starts);
    const mutations = model.mutations.length - before.mutations;
    if (result.outcome === "unchanged") {
        expectThat(7, mutations === 0, () => "an `up` with nothing to do changed something");
        expectThat(
            7,
            // What is live has changed behind the state's back: its gates are asked, and then nobody knows better.
            model.simulations === before.simulations || !before.inStep,
            () => "an `up` with nothing to do ran a simulation",
        );
    }
    if (result.outcome === "refused") {
        expectThat(7, mutations === 0, () => "an `up` that was refused changed something");
    }
    const rolledBack = events.some(
        ({ action, status }) => action === "deployment_execution" && status === "rolled_back",
    );
    expectThat(
        4,
        !(rolledBack && result.outcome !== "failed"),
        () => `a release was rolled back, and \`up\` is ${result.outcome}`,
    );
    checkProbed(model, events);
    for (const { called, versionTag, raced } of starts) {
        const { retryRejected } = args.deployment as { retryRejected?: string };
        expectThat(
            4,
            raced || retryRejected !== undefined || !rejectedBefore(model, called, before.events),
            () => `${versionTag} was deployed with a content that was rolled back before`,
        );
    }
    if (result.outcome === "done") {
        checkProvedSinceBegun(model, tag);
        checkDone(model, before, starts, result.inputs);
        const open = openIntents(model).filter(
            ({ action, version_tag }) => action === "deployment_intent" && version_tag === tag,
        );
        expectThat(6, open.length === 0, () => `the intent for ${tag} has no outcome`);
    }
    if (!model.died) {
        checkNoneForgotten(model, starts);
    }
    if ("reasons" in result && !model.disturbed && !model.died) {
        checkWords(model, result.reasons.join("\n"));
    }
    if (clean && result.outcome === "failed" && !model.disturbed) {
        checkUndone(model, starts);
    }
    if (stack.resource && result.outcome === "done") {
        const { status } = stack.outputs;
        expectThat(3, status === "completed", () => `\`up\` is done, and the state says ${String(status)}`);
    }
}

function checkProbed(model: ModelWorld, events: readonly LedgerEvent[]): void {
    const { onInconclusive } = model.args.health as { onInconclusive: string };
    events.forEach(({ action, status, version_tag, details }, place) => {
        const probed = () =>
            events
                .slice(0, place)
                .some(
                    (event) =>
                        event.action === "health_check" &&
                        event.details.after === "deployment" &&
                        event.details.deployment_id === details.deployment_id &&
                        (event.status === "passed" ||
                            (onInconclusive === "accept" && event.details.verdict !== "failed")) &&
                        (event.details.probes as unknown[]).length > 0,
                );
        expectThat(
            11,
            action !== "deployment_execution" || status !== "completed" || probed(),
            () => `${version_tag} is kept, and no probe in the ledger says that it is healthy`,
        );
    });
}

/** What was begun, also for a second time, was found healthy since; what is adopted is taken as it is. */
function checkProvedSinceBegun({ args, world }: ModelWorld, tag: string): void {
    const { onInconclusive } = args.health as { onInconclusive?: string };
    const events = world.events().filter(({ version_tag }) => version_tag === tag);
    const begun = events.findLastIndex(
        ({ action, details }) =>
            action === "deployment_intent" && details.target_environment === "production",
    );
    const isProved = events
        .slice(begun)
        .some(
            ({ action, status, details }) =>
                action === "health_check" &&
                details.after === "deployment" &&
                (status === "passed" || (onInconclusive === "accept" && details.verdict !== "failed")),
        );
    expectThat(
        11,
        begun === -1 || isProved || args.adopt === true,
        () => `${tag} was begun, is kept, and was not found healthy since`,
    );
}

/** What was started and stands is known: by its outcome, by the state, or by an intent that the next run looks up. */
function checkNoneForgotten(model: ModelWorld, starts: readonly Started[]): void {
    const open = openIntents(model);
    const { deploymentId, pendingDeploymentId } = stateOf(model.stack.resource);
    for (const { deploymentId: id, versionTag } of starts) {
        const known =
            id === deploymentId ||
            id === pendingDeploymentId ||
            open.some(({ version_tag }) => version_tag === versionTag) ||
            model.world
                .events()
                .some(({ action, details }) => action !== "health_check" && details.deployment_id === id);
        expectThat(
            8,
            known || !model.side.stands(id),
            () => `deployment ${id} of ${versionTag} was forgotten`,
        );
    }
}

/** An `up` that is done has brought live what was declared, and says so. */
function checkDone(model: ModelWorld, before: Before, starts: readonly Started[], inputs: Properties): void {
    const { args, stack } = model;
    const { outputs } = stack;
    const live = liveNow(model);
    const tag = String(args.versionTag);
    const stated = stateOf(before.resource);
    const stoodBefore = stated.status === "completed" && stated.versionTag === tag;
    // Drift that nobody has looked at yet is refresh's to find, as with any resource.
    const unseenDrift = stoodBefore && !before.inStep && starts.length === 0;
    if (!model.disturbed && !unseenDrift) {
        expectThat(
            3,
            live?.versionTag === tag,
            () => `\`up\` of ${tag} is done, and ${live?.versionTag ?? "nothing"} is live`,
        );
        expectThat(
            3,
            outputs.liveVersionTag === tag && outputs.deploymentId === live?.deploymentId,
            () =>
                `the state says that ${String(outputs.liveVersionTag)} is live by ${String(outputs.deploymentId)}`,
        );
    }
    for (const { contentHash, names, raced, versionTag, deploymentId } of starts) {
        if (versionTag !== tag || raced || deploymentId !== outputs.deploymentId) {
            continue;
        }
        expectThat(
            1,
            inputs.contentHash === undefined || [contentHash, ...names].includes(String(inputs.contentHash)),
            () => `planned was content ${String(inputs.contentHash)}, deployed was ${contentHash}`,
        );
        expectThat(
            3,
            [contentHash, ...names].includes(String(outputs.contentHash)),
            () => `deployed was content ${contentHash}, the state says ${String(outputs.contentHash)}`,
        );
    }
    const own = model.started.find(({ deploymentId }) => deploymentId === before.liveId);
    expectThat(
        7,
        // What somebody takes away in the middle of it is not live any more.
        model.disturbed || !(own?.versionTag === tag && starts.length > 0),
        () => `${tag} was live already, and was deployed again`,
    );
}

/** What people are told is live is live. */
function checkWords(model: ModelWorld, reasons: string): void {
    const live = liveNow(model)?.versionTag;
    const told = /(v\d\S+) (?:stays live|is live again)/.exec(reasons)?.[1];
    expectThat(
        3,
        told === undefined || told === live,
        () => `${live ?? "nothing"} is live, and the message is: ${reasons}`,
    );
    const nothing = /[Nn]othing is live (?:there|yet)/.test(reasons);
    expectThat(3, !nothing || live === undefined, () => `${live} is live, and the message is: ${reasons}`);
}

/** Nothing that failed its bake stays live, freeze or not. */
function checkUndone(model: ModelWorld, starts: readonly Started[]): void {
    const { deployment, health } = model.args as {
        deployment: { rollbackOnFailure: boolean };
        health: { onInconclusive: string };
    };
    if (!deployment.rollbackOnFailure || health.onInconclusive === "fail") {
        return;
    }
    const live = liveNow(model);
    const { status } = stateOf(model.stack.resource);
    expectThat(
        9,
        !starts.some(({ deploymentId }) => deploymentId === live?.deploymentId) || status === "completed",
        () => `${live?.versionTag} failed and is live all the same`,
    );
}

function rejectedBefore(model: ModelWorld, contentHash: string, until: number): boolean {
    const kept = model.world.events().length;
    const lost = model.everRecorded().length - kept;
    const last = model
        .everRecorded()
        .slice(lost, until)
        .filter(
            ({ action, status, content_hash, details }) =>
                action === "deployment_execution" &&
                details.target_environment === "production" &&
                content_hash === contentHash &&
                (status === "rolled_back" || status === "completed"),
        )
        .at(-1);
    return last?.status === "rolled_back";
}

/** Intents that nobody wrote an outcome for. */
export function openIntents(model: ModelWorld): LedgerEvent[] {
    const open = new Map<string, LedgerEvent>();
    for (const event of model.world.events()) {
        const { action, version_tag, details } = event;
        const deployed = `deployment ${version_tag} ${details.target_environment}`;
        const rolledBack = `rollback ${details.deployment_id}`;
        switch (action) {
            case "deployment_intent":
                open.set(deployed, event);
                break;
            case "deployment_execution":
            case "adoption":
                open.delete(deployed);
                break;
            case "rollback_intent":
                open.set(rolledBack, event);
                break;
            case "rollback":
                open.delete(rolledBack);
                break;
            default:
        }
    }
    return [...open.values()];
}

/** Invariant 4: what was rolled back is refused under another tag, unless the user says so. */
export async function checkRefusedNextTime(model: ModelWorld): Promise<void> {
    const last = model.world
        .events()
        .filter(({ action }) => action === "deployment_execution")
        .at(-1);
    if (last?.status !== "rolled_back" || last.content_hash !== model.side.draftHash()) {
        return;
    }
    const args = { ...model.args, versionTag: `v8.${model.step}.0` };
    const deployment = model.args.deployment as Properties;
    const { retryRejected: _, ...without } = deployment;
    const refused = await model.copyOfStack().preview({ ...args, deployment: without });
    expectThat(
        4,
        refused.outcome === "refused",
        () => `content ${model.side.draftHash()} was rolled back, and its next preview is ${refused.outcome}`,
    );
    const insisted = await model
        .copyOfStack()
        .preview({ ...args, deployment: { ...without, retryRejected: "the model says so" } });
    expectThat(
        4,
        insisted.outcome !== "refused" || !insisted.reasons.join().includes("rejected-content"),
        () => "content is refused as rejected although `retryRejected` is declared",
    );
}

/** Invariant 3: a refresh that nothing hinders tells what is live. */
export async function checkRefresh(model: ModelWorld): Promise<void> {
    const copy = model.copyOfStack();
    if (!copy.resource || !model.isNewSight()) {
        return;
    }
    await copy.refresh();
    const live = liveNow(model)?.versionTag;
    const stated = stateOf(copy.resource).liveVersionTag;
    expectThat(
        3,
        copy.resource === undefined || stated === live,
        () => `after a refresh the state says ${String(stated)}, and ${live ?? "nothing"} is live`,
    );
}

/** Invariant 5: all that was written, kept, or said. */
export async function checkSecrets(model: ModelWorld, said: readonly string[]): Promise<void> {
    const texts = [
        model.world.everythingWritten(),
        JSON.stringify(model.stack.resource ?? {}),
        ...model.world.progress,
        ...said,
    ].join("\n");
    for (const secret of model.side.secrets()) {
        expectThat(5, !texts.includes(secret), () => `a secret was written: ${textAround(texts, secret)}`);
    }
}

function textAround(text: string, secret: string): string {
    const at = text.indexOf(secret);
    return text.slice(Math.max(0, at - 80), at + 20).replaceAll(secret, "[secret]");
}
