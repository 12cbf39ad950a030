import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";
import { Refusal } from "../refusal";
import type { TaskEnd } from "./tasks";

/** A file that a task has prepared. It is there some time after the task is done. */
export interface Prepared {
    readonly bytes: Buffer;
    readonly end: TaskEnd;
    /** Milliseconds since 1970. */
    readonly expiresAt: number;
}

/** How long a prepared file is kept. */
export const fileLifetimeMs = 24 * 60 * 60 * 1000;

/** What a file looks like to those who come too early: in this order, each for `settleMs`, from the task's end. */
export type EarlyStage = "refused" | "placeholder" | "empty" | "half";

interface Link {
    readonly file: Prepared;
    readonly early: readonly EarlyStage[];
    readonly needsKey: boolean;
}

const placeholder = Buffer.from("csnap");

/** The links to files that are out. Each one works once. */
export class Downloads {
    private readonly links = new Map<string, Link>();

    constructor(private readonly clock: Clock) {}

    /**
     * @returns the token of a link that works once
     * @throws Refusal when the file was never prepared, is not there yet, or not any more
     */
    link(file: Prepared | null, early: readonly EarlyStage[], needsKey: boolean): string {
        if (file === null || file.expiresAt <= this.clock.now() || this.stageOf(file, early) === "refused") {
            throw new Refusal("conflict", "not_packaged", "The file is not ready for download.");
        }
        const token = randomBytes(24).toString("hex");
        this.links.set(token, { file, early, needsKey });
        return token;
    }

    /** The bytes behind a link, as far as they are there. @throws Refusal when it needs a key, or was used */
    take(token: string, hasKey: boolean): Buffer {
        const link = this.links.get(token);
        if (link === undefined || link.file.expiresAt <= this.clock.now()) {
            throw Refusal.notFound("The download link is unknown, used or expired.");
        }
        if (link.needsKey && !hasKey) {
            throw new Refusal("unauthenticated", "unauthenticated", "The download needs an API key.");
        }
        this.links.delete(token);
        const { bytes } = link.file;
        switch (this.stageOf(link.file, link.early)) {
            case "placeholder":
                return placeholder;
            case "empty":
                return Buffer.alloc(0);
            case "half":
                return bytes.subarray(0, bytes.length >> 1);
            default:
                return bytes;
        }
    }

    private stageOf({ end }: Prepared, early: readonly EarlyStage[]): EarlyStage | undefined {
        const elapsed = this.clock.now() - end.at;
        return end.settleMs === 0 ? undefined : early[Math.floor(elapsed / end.settleMs)];
    }
}
