/** What is said of a piece of work beside its name: never a credential. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Does a piece of work, and lets an observer know what it is and how long it takes. */
export type Trace = <T>(
    name: string,
    attributes: Attributes,
    /** @param note says more of it, once that is known. */
    work: (note: (more: Attributes) => void) => Promise<T>,
) => Promise<T>;

/** Nobody observes. */
export const noTrace: Trace = (_name, _attributes, work) => work(() => {});
