import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type Held, holdFile } from "../file-lock.js";

/** Often enough for what takes a while to make, in milliseconds. */
const LOOK_AGAIN = 100;

/** How a value is read from what is kept, made, and kept. */
export interface Recipe<T> {
    /** The value in what is kept, which may be anything; undefined where it does not count. */
    read(kept: unknown): Promise<T | undefined> | T | undefined;
    make(): Promise<T>;
    /** What is written down of a value that was made, as JSON. */
    keep(made: T): object;
}

/** Values in files of the user's own, one for each name: made by one, for all who ask meanwhile, in whatever process. */
export class KeptFiles<T> {
    private readonly making = new Map<string, Promise<T>>();

    /**
     * @param folder where the files are.
     * @param lookAgain how often whoever waits for a maker looks again, in milliseconds.
     */
    constructor(
        private readonly folder: string,
        private readonly lookAgain = LOOK_AGAIN,
    ) {}

    /** Gives the value of that name. What making it throws is thrown to its caller and not kept. */
    obtain(key: string, recipe: Recipe<T>): Promise<T> {
        const running = this.making.get(key);
        if (running) {
            return running;
        }
        const making = this.obtainAlone(key, recipe).finally(() => this.making.delete(key));
        this.making.set(key, making);
        return making;
    }

    /** What is kept under that name, when it counts. */
    kept(key: string, recipe: Pick<Recipe<T>, "read">): Promise<T | undefined> {
        return read(join(this.folder, `${key}.json`), recipe);
    }

    private async obtainAlone(key: string, recipe: Recipe<T>): Promise<T> {
        const file = join(this.folder, `${key}.json`);
        const kept = await read(file, recipe);
        if (kept !== undefined) {
            return kept;
        }
        const held = await this.lock(file);
        if (!held) {
            // A cache that cannot be written costs time, not correctness.
            return recipe.make();
        }
        try {
            return (await read(file, recipe)) ?? (await make(file, recipe));
        } finally {
            await held.release();
        }
    }

    private async lock(file: string): Promise<Held | undefined> {
        try {
            mkdirSync(this.folder, { recursive: true, mode: 0o700 });
            // A lock that is lost while this process sleeps: the result is the same, so there is nothing to undo.
            return await holdFile(file, { lookAgain: this.lookAgain });
        } catch {
            return undefined;
        }
    }
}

async function read<T>(file: string, recipe: Pick<Recipe<T>, "read">): Promise<T | undefined> {
    let kept: unknown;
    try {
        // In place: to parse it takes longer than to read it, and another thread would take longer than both.
        kept = JSON.parse(readFileSync(file, "utf8"));
    } catch {
        // Not there, or not readable: then there is none.
        return undefined;
    }
    return recipe.read(kept);
}

async function make<T>(file: string, recipe: Recipe<T>): Promise<T> {
    const made = await recipe.make();
    const text = `${JSON.stringify(recipe.keep(made))}\n`;
    try {
        // No wait for the disk: what a power cut leaves of it is no such value, and is made anew.
        writeFileAtomic.sync(file, text, { mode: 0o600, fsync: false });
    } catch {
        // A cache that cannot be written costs time, not correctness.
    }
    return made;
}
