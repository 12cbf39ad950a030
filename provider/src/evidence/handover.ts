/** Hands what one process of a run has found out over to another one. */
export interface Handover {
    /**
     * Gives what was found under that name, or finds it out. Whoever asks for the same meanwhile, in this process or another,
     * waits and gets the same; what `find` throws is thrown to its caller, and the next one tries for itself.
     *
     * @param name of one run only: what is kept under it never changes. 1 to 64 letters, digits and hyphens.
     */
    obtain<T>(name: string, find: () => Promise<T>): Promise<T>;
}
