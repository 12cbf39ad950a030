/** The key under which the resource's constructor hands something over to `check`. It goes no further than that. */
export const CONSTRUCTION_KEY = "__construction";

/** One construction of a release's resource, in one run of a program. */
export interface Construction {
    /**
     * Names it: the constructor starts the gates under this name, and what was refused to one construction is not judged
     * anew when its `check` is called.
     */
    id: string;
    /** The resource's name, which people know the release by. */
    name: string;
    /** Names the run of the program in the ledger: what its gates and its deployment write down is of one run. */
    run: string;
}
