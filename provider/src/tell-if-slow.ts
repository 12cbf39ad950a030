/** How long nothing is said, in milliseconds. */
const PATIENCE = 5_000;

/** Waits for some work, and tells people so when it takes long. */
export async function tellIfSlow<T>(work: Promise<T>, tell: () => void): Promise<T> {
    const timer = setTimeout(tell, PATIENCE);
    try {
        return await work;
    } finally {
        clearTimeout(timer);
    }
}
