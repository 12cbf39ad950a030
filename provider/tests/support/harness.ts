import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    demoUser,
    type Emulator,
    type PlatformData,
    type RequestEntry,
    startEmulator,
} from "cognigy-emulator";
import pLimit from "p-limit";
import { Agent, type Dispatcher } from "undici";
import { resolveConnection } from "../../src/cognigy/connection.js";
import { openPlatform } from "../../src/cognigy/open-platform.js";
import type { Platform } from "../../src/cognigy/platform.js";
import type { Cache } from "../../src/evidence/cache.js";
import { FileCache } from "../../src/evidence/file-cache.js";
import { FileContents } from "../../src/evidence/file-contents.js";
import { FileHandover } from "../../src/evidence/file-handover.js";
import { FileEvidenceStore } from "../../src/evidence/file-store.js";
import type { Handover } from "../../src/evidence/handover.js";
import type { EvidenceStore } from "../../src/evidence/store.js";
import type { Author } from "../../src/ledger/author.js";
import type { LedgerEvent } from "../../src/ledger/event.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { openLedger } from "../../src/ledger/open-ledger.js";
import { RecordedContents } from "../../src/ledger/recorded-contents.js";
import type { Opened } from "../../src/open-pipeline.js";
import type { Pipeline } from "../../src/pipeline/pipeline.js";
import { ReleaseProvider } from "../../src/provider.js";
import type { FreezeWindow } from "../../src/release/freeze.js";
import { noTrace, type Trace } from "../../src/telemetry/trace.js";
import { FastClock } from "./fast-clock.js";
import { CLIENT_ID, CLIENT_SECRET, platformData } from "./platform-data.js";
import type { ReusableEmulator } from "./reusable-emulator.js";
import { type Result, Stack } from "./stack.js";

/** What a world is made of. */
export interface WorldOptions {
    data?: PlatformData;
    /** @default 16 */
    maxConcurrency?: number;
    /** The ledger's file, or the address of its database. */
    ledger?: string;
    /** The stack's calendar. */
    freezeWindows?: FreezeWindow[];
    /** Which dialect the world's connection speaks. @default bots */
    api?: "bots" | "cognigy-ai";
    /** More config, such as `cognigy:environments`. */
    config?: Record<string, string>;
    /** Who observes; nobody unless it is said. */
    trace?: Trace;
    /** An emulator with data of its own, which goes on after the world has ended. */
    emulator?: ReusableEmulator;
}

/** Who runs the releases of a world. */
export const AUTHOR: Author = { run: "run-1", actor: "alex" };

/** Is told of requests. */
export type OnCall = (call: string, when: "before" | "after") => void;

/** A method of the platform. */
export type PlatformMethod = Exclude<keyof Platform, "address">;

/** An emulator, a clock and a folder that belong to one test, and providers that work with them. */
export class World {
    readonly clock = new FastClock();
    /** What the releases told people. */
    readonly progress: string[] = [];
    readonly ledgerFile: string;
    /** The stack of one release. */
    readonly stack = new Stack(() => this.provider());
    /** How many dependencies were looked up at the same time, at most; and how many listings of them were read. */
    readonly most = { lookups: 0, listings: 0 };

    private readonly agent = new Agent();
    private cut: RegExp | undefined;
    private isCut = false;
    private killing = false;
    private readonly hooks: { pattern: RegExp; run: () => void }[] = [];
    private readonly deaths = new Set<PlatformMethod>();
    private readonly obtained = new Set<string>();
    private readonly now = { lookups: 0, listings: 0 };
    /** What was last read of the ledger. */
    private read: { version: string; events: LedgerEvent[] } = { version: "", events: [] };

    private constructor(
        readonly emulator: Emulator,
        readonly folder: string,
        clock: FastClock,
        private readonly options: WorldOptions,
    ) {
        this.clock = clock;
        this.ledgerFile = options.ledger ?? join(folder, "ledger.jsonl");
    }

    static async start(options: WorldOptions = {}): Promise<World> {
        const { emulator, clock } = await (options.emulator?.anew() ?? startAnew(options.data));
        return new World(emulator, mkdtempSync(join(tmpdir(), "pulumi-cognigy-")), clock, options);
    }

    async close(): Promise<void> {
        await this.agent.destroy();
        if (!this.options.emulator) {
            await this.emulator.close();
        }
        rmSync(this.folder, { recursive: true, force: true });
    }

    get control() {
        return this.emulator.control;
    }

    /**
     * The pipeline of a new process: nothing is remembered but what is in files.
     *
     * @param onCall is told of each request, such as `PATCH /new/v2.0/endpoints/1`, before it is sent and when it is
     * answered; what it throws, the request fails with.
     */
    pipeline(onCall?: OnCall): Pipeline {
        const { clock, folder } = this;
        const config: Record<string, string> = {
            "cognigy:baseUrl": this.emulator.url,
            "cognigy:clientId": CLIENT_ID,
            "cognigy:clientSecret": CLIENT_SECRET,
            "cognigy:audience": "https://api.cognigy.com",
            "cognigy:api": this.options.api ?? "bots",
            "cognigy:apiKey": demoUser.apiKey,
            "cognigy:endpointBaseUrl": this.emulator.endpointUrl,
            ...this.options.config,
        };
        const found = resolveConnection("cognigy", (key) => config[key], {});
        if ("problems" in found) {
            throw new Error(JSON.stringify(found.problems));
        }
        const { connection } = found;
        const random = () => 0.5;
        const ledger = this.timed(
            openLedger(this.ledgerFile, {
                clock,
                author: AUTHOR,
                tell: (line) => this.progress.push(line),
            }),
        );
        return {
            platform: this.mortal(
                openPlatform(connection, {
                    clock,
                    random,
                    dispatcher: this.watched(onCall),
                    tell: (line) => this.progress.push(line),
                    contents: new RecordedContents(new FileContents(join(folder, "contents")), ledger),
                    other: () => this.pipeline().platform,
                }),
            ),
            evidence: this.timedEvidence(new FileEvidenceStore(join(folder, "evidence"), 3_600_000, clock)),
            cache: this.timedCache(new FileCache(join(folder, "flows"), 3_600_000, clock)),
            handover: this.timedHandover(new FileHandover(join(folder, "handover"))),
            ledger,
            clock,
            random,
            limit: pLimit(this.options.maxConcurrency ?? 16),
            freezeWindows: this.options.freezeWindows ?? [],
            projectFolder: folder,
            trace: this.options.trace ?? noTrace,
            progress: (line) => this.progress.push(line),
        };
    }

    /**
     * The provider of a new process.
     *
     * @param address the platform's address as the process knows it.
     */
    provider({ address }: { address?: string } = {}): ReleaseProvider {
        const pipeline = this.pipeline();
        const platform = new Proxy(pipeline.platform, {
            get: (target, name) => (name === "address" && address) || Reflect.get(target, name),
        });
        const opened: Opened = { pipeline: { ...pipeline, platform } };
        return new ReleaseProvider(() => opened);
    }

    /** `pulumi up` of the world's one release. */
    up(args: Record<string, unknown>): Promise<Result> {
        return this.stack.up(args);
    }

    /** The same stack on another machine: no turn is waited for there. */
    elsewhere(): Stack {
        const copy = new Stack(() => this.provider({ address: "https://seen.from.elsewhere" }));
        copy.resource = structuredClone(this.stack.resource);
        return copy;
    }

    /** Lets something happen just before the next request that matches, such as `POST /api/v2/deployments`. */
    before(pattern: RegExp, run: () => void): void {
        this.hooks.push({ pattern, run });
    }

    /** Lets the process die as soon as it would call the platform for this. */
    dieAt(method: PlatformMethod): void {
        this.deaths.add(method);
    }

    /** From the next request that matches on nothing gets through, as when a network is cut. */
    cutAt(pattern: RegExp): void {
        this.cut = pattern;
    }

    /** The process dies as soon as it would send a request that matches: nothing gets through, nothing is written down. */
    killAt(pattern: RegExp): void {
        this.cut = pattern;
        this.killing = true;
    }

    /** The network is whole again, and the dead are followed by the living. */
    mend(): void {
        this.cut = undefined;
        this.isCut = false;
        this.killing = false;
    }

    /** Somebody edits the flow. */
    edit(text = "Where would you like to go?"): void {
        this.emulator.platform.catalog.patchFlow("bot_12345", "flow_67890", {
            nodes: { n3: { config: { text } } },
        });
    }

    /** The dead are followed by the living. */
    revive(): void {
        this.deaths.clear();
    }

    /** What the platform was asked, tokens aside: `GET /api/v2/...?status=completed`. */
    async calls(pattern = /./): Promise<string[]> {
        return (await this.requests()).map(callOf).filter((call) => pattern.test(call));
    }

    async requests(): Promise<RequestEntry[]> {
        return (await this.control.requests()).filter(({ path }) => path !== "/oauth/token");
    }

    /** The calls that change what is deployed. */
    mutations(): Promise<string[]> {
        return this.calls(/^POST .*(deployments|rollback)$/);
    }

    /** The ledger's events, oldest first. */
    events(): LedgerEvent[] {
        const file = statSync(this.ledgerFile, { bigint: true, throwIfNoEntry: false });
        const version = file ? `${file.ino} ${file.size} ${file.mtimeNs}` : "";
        if (version !== this.read.version) {
            const lines = file ? readFileSync(this.ledgerFile, "utf8").split("\n").filter(Boolean) : [];
            this.read = { version, events: lines.map((line) => JSON.parse(line) as LedgerEvent) };
        }
        return [...this.read.events];
    }

    /** The ledger in short: `deployment_execution completed`. */
    story(): string[] {
        return this.events().map(({ action, status }) => `${action} ${status}`);
    }

    /** The versions that are live, by flow and environment. */
    live(botId = "bot_12345", targetEnvironment = "production"): string | undefined {
        return this.emulator.platform.deployments
            .live(botId)
            .find((version) => version.targetEnvironment === targetEnvironment)?.versionTag;
    }

    /** The deployments of a version, oldest first: `completed`, `rolled_back`. */
    deploymentsOf(versionTag: string): { deploymentId: string; status: string }[] {
        return this.emulator.platform.deployments
            .records()
            .filter((record) => record.versionTag === versionTag)
            .map(({ deploymentId, status }) => ({ deploymentId, status }));
    }

    /** Everything that is on disk, as one text. */
    everythingWritten(): string {
        return readdirSync(this.folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ parentPath, name }) => {
                const path = join(parentPath, name);
                return `${path}\n${readFileSync(path, "utf8")}`;
            })
            .join("\n");
    }

    /** Time stands still while a request is on its way. */
    private watched(onCall: OnCall = () => {}): Dispatcher {
        return this.agent.compose((dispatch) => (options, handler) => {
            const call = `${options.method} ${options.path}`;
            this.isCut ||= this.cut?.test(call) === true;
            if (this.isCut) {
                throw new Error("the network is cut");
            }
            onCall(call, "before");
            const next = this.hooks.findIndex(({ pattern }) => pattern.test(call));
            for (const hook of next === -1 ? [] : this.hooks.splice(next, 1)) {
                hook.run();
            }
            const over = this.clock.work();
            const { now, most } = this;
            const what =
                options.method === "HEAD"
                    ? "lookups"
                    : options.path.includes("/dependencies?")
                      ? "listings"
                      : undefined;
            if (what) {
                now[what] += 1;
                most[what] = Math.max(most[what], now[what]);
            }
            const end = () => {
                if (what) {
                    now[what] -= 1;
                }
                // What came in is read in the next turns.
                setImmediate(over);
            };
            return dispatch(options, {
                onRequestStart: (...args) => handler.onRequestStart?.(...args),
                onResponseStart: (...args) => handler.onResponseStart?.(...args),
                onResponseData: (...args) => handler.onResponseData?.(...args),
                onResponseEnd: (...args) => {
                    onCall(call, "after");
                    end();
                    handler.onResponseEnd?.(...args);
                },
                onResponseError: (...args) => {
                    end();
                    handler.onResponseError?.(...args);
                },
            });
        });
    }

    private mortal(platform: Platform): Platform {
        return new Proxy(platform, {
            get: (target, name, receiver) => {
                if (this.deaths.has(name as PlatformMethod)) {
                    throw new Error(`killed at ${String(name)}`);
                }
                const value: unknown = Reflect.get(target, name, receiver);
                return typeof value === "function" ? value.bind(target) : value;
            },
        });
    }

    /** Time stands still while the ledger is on disk. */
    private timed(ledger: Ledger): Ledger {
        const { clock } = this;
        return {
            location: ledger.location,
            append: async (event) => {
                if (this.isCut && this.killing) {
                    throw new Error("killed");
                }
                const over = clock.work();
                return ledger.append(event).finally(over);
            },
            async *events(scope) {
                const over = clock.work();
                try {
                    yield* ledger.events(scope);
                } finally {
                    over();
                }
            },
        };
    }

    /** Time stands still while the cache is on disk. Finding out what it keeps takes its time. */
    private timedCache(cache: Cache): Cache {
        return {
            obtain: (key, shape, find) =>
                this.obtaining(key, (letTimePass) => cache.obtain(key, shape, () => letTimePass(find))),
        };
    }

    /** Time stands still while evidence is on disk. Making it takes its time, and so does waiting for who makes it. */
    private timedEvidence(store: EvidenceStore): EvidenceStore {
        return {
            kept: (key) => store.kept(key).finally(this.clock.work()),
            obtain: (key, judge, { counts = async () => true, asker } = {}) =>
                this.obtaining(key, (letTimePass) =>
                    store.obtain(key, () => letTimePass(judge), {
                        counts: (kept) => letTimePass(() => counts(kept)),
                        asker,
                    }),
                ),
        };
    }

    /** And so does a handover. */
    private timedHandover(handover: Handover): Handover {
        return {
            obtain: (name, find) =>
                this.obtaining(name, (letTimePass) => handover.obtain(name, () => letTimePass(find))),
        };
    }

    /** Whoever waits for who makes it lets time pass. */
    private async obtaining<T>(key: string, obtain: (letTimePass: LetTimePass) => Promise<T>): Promise<T> {
        const { obtained } = this;
        if (obtained.has(key)) {
            return obtain((work) => work());
        }
        obtained.add(key);
        try {
            return await timing(this.clock, obtain);
        } finally {
            obtained.delete(key);
        }
    }
}

type LetTimePass = <T>(work: () => Promise<T>) => Promise<T>;

/** Does something during which time stands still, but for the work that takes its time. */
async function timing<T>(clock: FastClock, something: (letTimePass: LetTimePass) => Promise<T>): Promise<T> {
    let over = clock.work();
    try {
        return await something(async (work) => {
            over();
            try {
                return await work();
            } finally {
                over = clock.work();
            }
        });
    } finally {
        over();
    }
}

async function startAnew(data = platformData()): Promise<{ emulator: Emulator; clock: FastClock }> {
    const clock = new FastClock();
    return { emulator: await startEmulator({ data, clock: clock.server }), clock };
}

/** Gives each test of a file worlds of its own, and ends them after it. */
export function useWorlds(): (options?: WorldOptions) => Promise<World> {
    const worlds: World[] = [];
    // Nothing here waits: what takes long is a machine that is busy.
    jest.setTimeout(30_000);
    afterEach(async () => {
        await Promise.all(worlds.splice(0).map((world) => world.close()));
    });
    return async (options) => {
        const world = await World.start(options);
        worlds.push(world);
        return world;
    };
}

/** Why a release did not go through, in the words that people read. */
export function reasonOf(result: Result): string {
    if (result.outcome !== "refused" && result.outcome !== "failed") {
        throw new Error(`expected a release that does not go through, but it is ${result.outcome}`);
    }
    expect(result.reasons).toHaveLength(1);
    return result.reasons[0] as string;
}

function callOf({ method, path, query }: RequestEntry): string {
    const text = decodeURIComponent(new URLSearchParams(query as Record<string, string>).toString());
    return `${method} ${path}${text ? `?${text}` : ""}`;
}
