import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "../support/bundle.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import type { SideMaker } from "./platform-side.js";
import type { SeedVerdict, Verdict } from "./play.js";

/** Files in memory: no history is about what a power cut leaves on the disk, and there are thousands of them. */
const MEMORY = "/dev/shm";

/** Histories that a process of its own plays: within jest each of them takes half as long again. */
export class Players {
    private readonly verdicts = new Map<number, Verdict>();
    private readonly child: ChildProcess;
    private readonly ended: Promise<void>;
    /** How the process ended, once all that it said is heard. */
    private end: string | undefined;
    private heard: () => void = () => {};

    constructor(api: SideMaker["api"], first: number, count: number) {
        const program = join(temporaryFolder(), "play-seeds.js");
        bundle("tests/model/play-seeds.ts", program, ["--external:pg-native"]);
        this.child = spawn(process.execPath, [program, api, String(first), String(count)], {
            stdio: ["ignore", "pipe", "inherit"],
            env: { ...process.env, ...(isWritable(MEMORY) ? { TMPDIR: MEMORY } : {}) },
        });
        this.ended = this.listen(once(this.child, "close"));
    }

    /** What became of the histories of some seeds. */
    async verdictsOn(seeds: readonly number[]): Promise<Verdict[]> {
        while (!seeds.every((seed) => this.verdicts.has(seed))) {
            if (this.end !== undefined) {
                throw new Error(`the histories ended early: ${this.end}`);
            }
            await Promise.race([
                this.ended,
                new Promise<void>((resolve) => {
                    this.heard = resolve;
                }),
            ]);
        }
        return seeds.map((seed) => this.verdicts.get(seed) as Verdict);
    }

    async stop(): Promise<void> {
        this.child.kill();
        await this.ended;
    }

    private async listen(closed: Promise<unknown>): Promise<void> {
        for await (const line of createInterface({ input: this.child.stdout as NodeJS.ReadableStream })) {
            const { seed, verdict } = JSON.parse(line) as SeedVerdict;
            this.verdicts.set(seed, verdict);
            this.heard();
        }
        await closed;
        this.end = String(this.child.exitCode ?? this.child.signalCode);
    }
}

function isWritable(folder: string): boolean {
    try {
        accessSync(folder, constants.W_OK);
        return true;
    } catch {
        return false;
    }
}
