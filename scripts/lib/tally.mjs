/**
 * The counts of a jest run in one line. A test file that could not even be loaded counts as one failed test, and so does
 * a run without any test: neither must look like success.
 *
 * @param {string} json What `jest --json` wrote.
 * @returns {{ line: string, ok: boolean }}
 */
export function tally(json) {
    const results = JSON.parse(json);
    const passed = results.numPassedTests;
    const broken = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const failed = broken === 0 && results.numTotalTests === 0 ? 1 : broken;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    return { line, ok: failed === 0 && results.success };
}
