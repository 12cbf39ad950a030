/** Waits for some work for so many milliseconds at most. @returns undefined where it takes longer; then it goes on by itself. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, milliseconds, undefined);
    });
    try {
        return await Promise.race([work, over]);
    } finally {
        clearTimeout(timer);
    }
}
