import type { PlatformData } from "cognigy-emulator";
import type * as fc from "fast-check";
import type { World } from "../support/harness.js";
import type { Happening, History, Step } from "./history.js";
import type { INVARIANTS } from "./invariants.js";

/** Where the one release of a history goes. */
export interface Place {
    botId: string;
    flowId: string;
    targetEnvironment: string;
}

/** A version that stands on the platform. */
export interface Version {
    deploymentId: string;
    versionTag: string;
}

/** A version as it goes live, or begins to. */
export interface Launch {
    deploymentId: string;
    /** Left out where what it leads to is not there any more. */
    versionTag?: string;
    /** Of what it holds. */
    contentHash: string;
    /** What else its content may be called. */
    names: string[];
    /** What it takes the place of, where the platform looks at that. */
    instead?: string;
}

/** What a side tells of what our processes do to it. */
export interface Watcher {
    /** Something is changed. */
    changes(): void;
    started(launch: Launch): void;
    /** A version is deleted. */
    removed(version: { id: string; versionTag: string }): void;
    broken(invariant: keyof typeof INVARIANTS, what: string): void;
}

/** How a deployment goes that is told beforehand. */
export type NextDeployment = Extract<Step, { do: "next deployment" }>;

/** A platform as the model plays on it: everything that is particular to one dialect. */
export interface PlatformSide {
    readonly place: Place;
    /** What a program declares of health beside the limits. */
    readonly health: Readonly<Record<string, unknown>>;
    /** Tells from now on what our processes do. */
    watch(watcher: Watcher): void;
    /** Secrets that must not be found anywhere. */
    secrets(): string[];
    /** The hash of the flow as it stands in the editor. */
    draftHash(): string;
    /** What is live at the place; undefined where nothing is. */
    live(): Version | undefined;
    /** All that a refresh may see, as JSON. */
    sight(): unknown;
    /** Whether a deployment is in progress or complete. */
    stands(deploymentId: string): boolean;
    /** Whether there is a version of this name whose content nobody can mend any more. */
    isFrozen(versionTag: string): boolean;
    /** Deployments that were in progress together. */
    overlaps(): { one: string; other: string }[];
    /** Whether somebody edited the flow so that nobody could notice any more before it went live. */
    readonly editsGoUnseen: boolean;
    /** Lets something happen that we do not do. What the platform refuses does not happen. */
    happen(happening: Happening): void;
    edit(text: string): void;
    /** The last version that somebody else has deployed; undefined where nobody has. */
    readonly deployedByHand: string | undefined;
    nextDeployment(next: NextDeployment): void;
    /** The troubles of the platform are over, and what somebody else was doing is done. */
    settle(): void;
}

/** How a side is made: its data, and itself once the world is there. */
export interface SideMaker {
    readonly api: "bots" | "cognigy-ai";
    readonly histories: fc.Arbitrary<History>;
    data(): PlatformData;
    make(world: World): Promise<PlatformSide>;
}

/** Does what the platform may refuse. */
export function ifPossible(change: () => unknown): void {
    try {
        change();
    } catch (error) {
        if (!["Refusal", "TaskFailure"].includes((error as Error).name) && !("kind" in (error as object))) {
            throw error;
        }
    }
}
