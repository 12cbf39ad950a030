/** Milliseconds as whole seconds, which is how the API gives most times. */
export function secondsOf(milliseconds: number): number {
    return Math.floor(milliseconds / 1000);
}

/** Milliseconds as an ISO 8601 text, which is how it gives the times of tasks and audit events. */
export function isoOf(milliseconds: number): string {
    return new Date(milliseconds).toISOString();
}
