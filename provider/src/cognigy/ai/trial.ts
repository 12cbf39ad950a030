import type { SimulationStep } from "../../release/gates.js";

/** Where a simulation is played. */
export interface Stage {
    projectId: string;
    /** The `_id` of a snapshot, or of a project: its draft. */
    entrypoint: string;
    /** The referenceId of a flow. */
    flowId: string;
    /** The referenceId of a locale. */
    localeId: string;
    /** How long an answer may take, in milliseconds. */
    timeout: number;
}

/** A conversation, or a set of them, that the platform plays while others look on. */
export interface Trial {
    /** How it went; undefined while it goes on. */
    readonly steps: readonly SimulationStep[] | undefined;
    /** Takes it one step further. Never waits. */
    advance(): Promise<void>;
    /** Removes what it has left on the platform. */
    clear(): Promise<void>;
}
