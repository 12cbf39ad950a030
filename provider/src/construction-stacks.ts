/**
 * Changes two of the stacks that the SDK takes while it constructs a resource; all others are what they would be.
 *
 * It notes one for each promise of each output, more than a hundred for a release, and looks each up in source maps: that takes
 * a program of many releases longer than all else. They are left out, but where the SDK was asked to tell of promise leaks,
 * which is what it has them for. And the one that says where the resource was declared leads to the caller, not to its class.
 *
 * @param className the class whose constructor calls this.
 * @returns what ends it. To be called before anything is waited for.
 */
export function changeConstructionStacks(className: string): () => void {
    const before = Error.prepareStackTrace;
    const prepare = before ?? asUsual;
    const leaveOut = !process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    Error.prepareStackTrace = (error, frames) => {
        switch (frames[0]?.getFunctionName()) {
            case "debuggablePromise":
                return leaveOut ? "" : prepare(error, frames);
            case "callsites":
                return prepare(
                    error,
                    frames.filter((frame) => frame.getFunctionName() !== className),
                );
            default:
                return prepare(error, frames);
        }
    };
    return () => {
        Error.prepareStackTrace = before;
    };
}

/** What V8 does by itself. */
function asUsual(error: Error, frames: NodeJS.CallSite[]): string {
    return [String(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
}
