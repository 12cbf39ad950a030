import type { Platform } from "../../src/cognigy/platform.js";
import type { LedgerEvent } from "../../src/ledger/event.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import type { Pipeline } from "../../src/pipeline/pipeline.js";
import { ReleaseProvider } from "../../src/provider.js";
import { ReleaseError } from "../../src/release/failure.js";
import { World } from "../support/harness.js";
import type { ReusableEmulator } from "../support/reusable-emulator.js";
import { type Properties, Stack, stateOf } from "../support/stack.js";
import type { Happening, Mishap, Place } from "./history.js";
import { Broken } from "./invariants.js";
import type { Launch, PlatformSide, SideMaker } from "./platform-side.js";

/** The reason with which the process ends that a mishap kills. */
class Death extends Error {
    constructor(place: string) {
        super(`killed at ${place}`);
    }
}

/** A deployment that one of our processes started, as it was at that moment. */
export interface Started extends Launch {
    versionTag: string;
    /** What the release calls its content. */
    called: string;
    at: number;
    /** Somebody edited the flow when nobody could notice any more: between the last look at it and the deployment. */
    raced: boolean;
    /** The step in which it was started. */
    step: number;
}

/** A call of ours that changes something. */
export interface Mutation {
    place: "deploy" | "rollback";
    step: number;
}

/** One process of ours: it can be interrupted, and it can die. */
interface Process {
    dead: boolean;
    /** The flow was edited, and was not read since. */
    unseenEdit: boolean;
    /** It deploys, or rolls back. */
    mutating: boolean;
}

/** A world whose processes are watched and befallen by mishaps. */
export class ModelWorld {
    step = 0;
    /** Whether somebody else, or the platform, did something in the middle of this step. */
    disturbed = false;
    died = false;
    freeze = false;
    simulationsFail = false;
    dependency: "ok" | "missing" | "forbidden" = "ok";
    simulations = 0;
    /** What the program declares now: gates are judged by it. */
    args: Properties = {};
    readonly started: Started[] = [];
    readonly mutations: Mutation[] = [];
    /** What went wrong in a way that no user should see. */
    readonly crashes: string[] = [];
    readonly stack = new Stack(() => this.provider());
    private readonly archive: LedgerEvent[] = [];
    private mishaps: Mishap[] = [];
    private readonly counts = new Map<string, number>();
    private current: Process | undefined;
    private lastSight = "";
    private lastLaunch: string | undefined;
    /** Something happened in the middle of a deployment or a rollback, and no endpoint was read since. */
    private unseenSwitch = false;

    private constructor(
        readonly world: World,
        readonly side: PlatformSide,
    ) {
        side.watch({
            changes: () => this.expectOnPurpose(),
            started: (launch) => this.launched(launch),
            removed: (version) => this.expectDispensable(version),
            broken: (invariant, what) => {
                if (invariant !== 12 || !this.unseenSwitch) {
                    this.broken.push(new Broken(invariant, what));
                }
            },
        });
    }

    static async start({ api, make }: SideMaker, emulator: ReusableEmulator): Promise<ModelWorld> {
        const world = await World.start({ emulator, api });
        return new ModelWorld(world, await make(world));
    }

    close(): Promise<void> {
        return this.world.close();
    }

    /** All that was ever written into the ledger, lost or not. */
    everRecorded(): LedgerEvent[] {
        return [...this.archive, ...this.world.events()];
    }

    /** Puts the ledger's events aside: the file is going to be lost. */
    setAside(): void {
        this.archive.push(...this.world.events());
    }

    /** A stack of its own that starts from the same state: what it does with it does not count. */
    copyOfStack(): Stack {
        const copy = new Stack(() => this.provider());
        copy.resource = structuredClone(this.stack.resource);
        return copy;
    }

    /** Whether state and platform stand otherwise than when this was last asked: a refresh would find what it found then. */
    isNewSight(): boolean {
        const sight = JSON.stringify([this.stack.resource, this.side.sight()]);
        const isNew = sight !== this.lastSight;
        this.lastSight = sight;
        return isNew;
    }

    arm(mishaps: readonly Mishap[]): void {
        this.mishaps = [...mishaps];
        this.counts.clear();
        this.disturbed = false;
        this.unseenSwitch = false;
        this.died = false;
        for (const mishap of mishaps) {
            if (mishap.kind === "wire") {
                const { method, path, skip, times, fault } = mishap.wire;
                this.world.emulator.faults.add({
                    match: { method, path },
                    skip,
                    times,
                    fault: fault.kind === "echo" ? this.echo() : fault,
                });
            }
        }
    }

    disarm(): void {
        this.mishaps = [];
        this.world.emulator.faults.clear();
    }

    /** An answer that gives away what it was asked with. */
    private echo() {
        const [secret] = this.side.secrets();
        return {
            kind: "status" as const,
            status: 500,
            body: { error: "debug", message: `client_secret=${secret} was sent` },
        };
    }

    /** Lets something happen that we do not do. What the platform refuses does not happen. */
    happen(happening: Happening): void {
        switch (happening.what) {
            case "simulations":
                this.simulationsFail = happening.fail;
                break;
            case "dependency":
                this.dependency = happening.access;
                break;
            case "freeze":
                this.freeze = happening.on;
                break;
            default:
        }
        this.side.happen(happening);
    }

    private provider(): ReleaseProvider {
        const process: Process = { dead: false, unseenEdit: false, mutating: false };
        this.current = process;
        const pipeline = this.world.pipeline((call, moment) => this.called(call, moment, process));
        const freezes = () =>
            this.freeze ? [{ name: "Freeze", timeZone: "UTC", from: "00:00", to: "23:59" }] : [];
        const watched: Pipeline = {
            ...pipeline,
            platform: this.watchedPlatform(pipeline.platform, process),
            ledger: this.watchedLedger(pipeline.ledger, process),
            get freezeWindows() {
                return freezes();
            },
        };
        return this.noCrash(new ReleaseProvider(() => ({ pipeline: watched })), process);
    }

    /** What is thrown at the engine is for people; everything else is a mistake of ours. */
    private noCrash(provider: ReleaseProvider, process: Process): ReleaseProvider {
        return new Proxy(provider, {
            get: (target, name) => {
                const method: unknown = Reflect.get(target, name);
                if (typeof method !== "function") {
                    return method;
                }
                return async (...args: unknown[]) => {
                    try {
                        const answer: unknown = await method.apply(target, args);
                        if (process.dead) {
                            throw new Death(String(name));
                        }
                        return answer;
                    } catch (error) {
                        if (process.dead) {
                            this.died = true;
                            throw new Death(String(name));
                        }
                        if (!(error instanceof ReleaseError)) {
                            this.crashes.push(`${String(name)}: ${(error as Error).stack}`);
                        }
                        throw error;
                    }
                };
            },
        });
    }

    private watchedPlatform(platform: Platform, process: Process): Platform {
        return new Proxy(platform, {
            get: (target, name) => {
                const method: unknown = Reflect.get(target, name);
                if (typeof method !== "function") {
                    return method;
                }
                const place = name as Place;
                const call = (...args: unknown[]) => method.apply(target, args);
                return place === "dependencies"
                    ? (...args: unknown[]) =>
                          this.pages(() => call(...args) as AsyncIterable<unknown>, process)
                    : (...args: unknown[]) =>
                          this.interruptible(place, process, () =>
                              this.watchedCall(place, process, args, call),
                          );
            },
        });
    }

    private async *pages(list: () => AsyncIterable<unknown>, process: Process): AsyncIterable<unknown> {
        const nth = this.count("dependencies");
        this.interrupt("dependencies", nth, "before", process);
        yield* list();
        this.interrupt("dependencies", nth, "after", process);
    }

    private watchedCall(
        place: Place,
        process: Process,
        args: unknown[],
        call: (...args: unknown[]) => Promise<unknown>,
    ): Promise<unknown> {
        const { step } = this;
        switch (place) {
            case "flow":
                process.unseenEdit = false;
                break;
            case "startSimulation":
                this.simulations += 1;
                break;
            case "deploy":
                this.mutations.push({ place, step });
                this.expectIntent("deployment_intent", "deployment_execution", (event) => {
                    const { release } = args[0] as { release: { versionTag: string } };
                    return event.version_tag === release.versionTag;
                });
                break;
            case "rollback":
                this.mutations.push({ place, step });
                this.expectIntent(
                    "rollback_intent",
                    "rollback",
                    ({ details }) => details.deployment_id === args[0],
                );
                break;
            default:
        }
        return call(...args);
    }

    private expectIntent(
        intent: LedgerEvent["action"],
        outcome: LedgerEvent["action"],
        concerns: (event: LedgerEvent) => boolean,
    ): void {
        const last = this.world
            .events()
            .filter(({ action }) => action === intent || action === outcome)
            .filter(concerns)
            .at(-1);
        if (last?.action !== intent) {
            this.broken.push(new Broken(6, `a call that changes something has no ${intent} before it`));
        }
    }

    private launched(launch: Launch): void {
        const last = this.mutations.at(-1)?.place;
        const intents = this.world.events();
        const intent = intents
            .filter(({ action }) => action === `${last === "deploy" ? "deployment" : last}_intent`)
            .at(-1);
        const expected =
            last === "deploy" ? intent?.details.previous_deployment_id : intent?.details.deployment_id;
        // What is found to lead nowhere is put back.
        const own = last === "deploy" ? this.lastLaunch : undefined;
        this.lastLaunch = launch.deploymentId;
        if (launch.instead !== undefined && ![expected, own].includes(launch.instead) && !this.unseenSwitch) {
            const what = `the platform is switched from ${launch.instead}, and not from ${String(expected)}`;
            this.broken.push(new Broken(12, what));
        }
        if (last === "rollback" && !this.unseenSwitch) {
            this.expectBack(launch, intent?.version_tag);
        }
        const isUndone = launch.deploymentId === intent?.details.previous_deployment_id;
        if (last === "deploy" && !isUndone && launch.versionTag !== undefined) {
            this.started.push({
                ...launch,
                versionTag: launch.versionTag,
                called: String(intent?.content_hash),
                at: this.world.clock.now(),
                raced: this.side.editsGoUnseen && (this.current?.unseenEdit ?? false),
                step: this.step,
            });
        }
    }

    /** What a version took the place of is in the intents to deploy it, and in the state. */
    private expectBack({ deploymentId }: Launch, versionTag: string | undefined): void {
        const before = this.everRecorded()
            .filter(({ action, version_tag }) => action === "deployment_intent" && version_tag === versionTag)
            .map(({ details }) => details.previous_deployment_id);
        if (![...before, stateOf(this.stack.resource).previousDeploymentId].includes(deploymentId)) {
            this.broken.push(new Broken(13, `the rollback of ${versionTag} leads to ${deploymentId}`));
        }
    }

    /** A call may come late, when nobody waits for it any more: from the step before at the earliest. */
    private expectOnPurpose(): void {
        if (!this.mutations.some(({ step }) => step >= this.step - 1)) {
            this.broken.push(new Broken(6, "something is changed outside of a deployment or rollback"));
        }
    }

    private expectDispensable({ id, versionTag }: { id: string; versionTag: string }): void {
        const wanted = this.world
            .events()
            .filter(({ action }) => action === "deployment_intent")
            .at(-1)?.details.previous_deployment_id;
        if (String(wanted).includes(id)) {
            this.broken.push(new Broken(12, `${versionTag} is deleted, which may be gone back to`));
        }
    }

    /** What was found broken in the middle of a step. */
    readonly broken: Broken[] = [];

    private watchedLedger(ledger: Ledger, process: Process): Ledger {
        return {
            location: ledger.location,
            events: (scope) => ledger.events(scope),
            append: (event) => this.interruptible("append", process, () => ledger.append(event)),
        };
    }

    private async interruptible<T>(place: Place, process: Process, call: () => Promise<T>): Promise<T> {
        const nth = this.count(place);
        this.interrupt(place, nth, "before", process);
        process.mutating = place === "deploy" || place === "rollback";
        try {
            return await call();
        } finally {
            process.mutating = false;
            this.interrupt(place, nth, "after", process);
        }
    }

    /** A request of a process. */
    private called(call: string, moment: "before" | "after", process: Process): void {
        if (process.dead) {
            throw new Death(call);
        }
        if (!process.mutating) {
            return;
        }
        if (moment === "before" && call.startsWith("GET") && call.includes("/endpoints/")) {
            this.unseenSwitch = false;
        }
        for (const place of new Set(this.mishaps.flatMap((one) => ("place" in one ? [one.place] : [])))) {
            const [method, part] = place.split(" …");
            if (part !== undefined && call.startsWith(`${method} `) && call.includes(part)) {
                const key = `${moment} ${place}`;
                const nth = this.count(key);
                try {
                    this.interrupt(place, nth, moment, process);
                } catch (error) {
                    // An answer that is there is there: the process dies with its next call.
                    if (moment === "before" || !(error instanceof Death)) {
                        throw error;
                    }
                }
            }
        }
    }

    private count(place: string): number {
        const nth = this.counts.get(place) ?? 0;
        this.counts.set(place, nth + 1);
        return nth;
    }

    private interrupt(place: Place, nth: number, when: "before" | "after", process: Process): void {
        for (const mishap of this.mishaps) {
            if (
                mishap.kind === "wire" ||
                mishap.place !== place ||
                mishap.nth !== nth ||
                mishap.when !== when
            ) {
                continue;
            }
            if (mishap.kind === "death") {
                process.dead = true;
                continue;
            }
            this.disturbed = true;
            this.unseenSwitch ||= place.includes(" …");
            if (mishap.happening.what === "edit" && isLast(place, when)) {
                process.unseenEdit = true;
            }
            this.happen(mishap.happening);
        }
        if (process.dead) {
            throw new Death(place);
        }
    }
}

/** Whether nothing is looked at any more between this place and a deployment. */
function isLast(place: Place, when: "before" | "after"): boolean {
    return (
        (place === "flow" && when === "after") ||
        place === "append" ||
        (place === "deploy" && when === "before")
    );
}
