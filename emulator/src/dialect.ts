import type { FastifyInstance } from "fastify";

/** One contract that the emulator speaks, with its own state. */
export interface Dialect {
    /**
     * What the paths of all its calls begin with, control calls included. A dialect that tells is set up when the first of
     * them comes, and costs nothing before. @default it shares a server with the others that do not tell
     */
    readonly paths?: readonly string[];
    /** Where its calls are to be found, too: a path that begins with a key is taken for one that begins with the value. */
    readonly aliases?: Readonly<Record<string, string>>;
    /** Adds the calls of the contract; log, faults and rate limit are already before them. */
    registerApi(api: FastifyInstance): void;
    /** Adds the calls that steer the state of this contract, under `/_control`. */
    registerControl(control: FastifyInstance): void;
    /** Goes back to the state in which the emulator was started. */
    reset(): void;
}
