import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "../support/bundle.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import type { SideMaker } from "./platform-side.js";
import type { SeedVerdict, Verdict } from "./play.js";
import type { Order } from "./play-seeds.js";

/** Files in memory: no history is about what a power cut leaves on the disk, and there are thousands of them. */
const MEMORY = "/dev/shm";

/** How many processes play: each gets its share of every order, so that all of them end at about the same time. */
const PROCESSES = 2;

/** Histories that processes of their own play: within jest each of them takes half as long again. */
export class Players {
    private readonly verdicts = new Map<string, Verdict>();
    private readonly children: ChildProcess[];
    private readonly ended: Promise<unknown>;
    /** How the processes ended, once all that they said is heard. */
    private end: string | undefined;
    private heard: () => void = () => {};

    constructor(orders: readonly Order[]) {
        const program = join(temporaryFolder(), "play-seeds.js");
        bundle("tests/model/play-seeds.ts", program, ["--external:pg-native"]);
        this.children = Array.from({ length: PROCESSES }, (_, process) => {
            const share = orders.map(({ api, seeds }) => ({
                api,
                seeds: seeds.filter((_seed, index) => index % PROCESSES === process),
            }));
            return start(program, share);
        });
        this.ended = Promise.all(this.children.map((child) => this.listen(child))).then((ends) => {
            this.end = ends.join(" and ");
            this.heard();
        });
    }

    /** What became of the histories of some seeds. */
    async verdictsOn({ api, seeds }: Order): Promise<Verdict[]> {
        const found = () => seeds.flatMap((seed) => this.verdicts.get(nameOf(api, seed)) ?? []);
        while (found().length < seeds.length) {
            if (this.end !== undefined) {
                throw new Error(`the histories ended early: ${this.end}`);
            }
            await new Promise<void>((resolve) => {
                this.heard = resolve;
            });
        }
        return found();
    }

    async stop(): Promise<void> {
        for (const child of this.children) {
            child.kill();
        }
        await this.ended;
    }

    /** Listens to the end. @returns how it ended. */
    private async listen(child: ChildProcess): Promise<string> {
        const closed = once(child, "close");
        for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
            const { api, seed, verdict } = JSON.parse(line) as SeedVerdict;
            this.verdicts.set(nameOf(api, seed), verdict);
            this.heard();
        }
        await closed;
        return String(child.exitCode ?? child.signalCode);
    }
}

function start(program: string, orders: readonly Order[]): ChildProcess {
    return spawn(process.execPath, [program, JSON.stringify(orders)], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, ...(isWritable(MEMORY) ? { TMPDIR: MEMORY } : {}) },
    });
}

function nameOf(api: SideMaker["api"], seed: number): string {
    return `${api} ${seed}`;
}

function isWritable(folder: string): boolean {
    try {
        accessSync(folder, constants.W_OK);
        return true;
    } catch {
        return false;
    }
}
