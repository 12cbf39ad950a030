/** Says what is waited for, on a terminal; in CI and in files it would only be noise. */
export async function waitingFor<T>(what: string, work: Promise<T>): Promise<T> {
    const { stderr } = process;
    if (!stderr.isTTY || process.env.CI) {
        return work;
    }
    stderr.write(`${what} …`);
    try {
        return await work;
    } finally {
        // Back to the beginning of the line, and nothing of it is left.
        stderr.write("\r\u001b[2K");
    }
}
