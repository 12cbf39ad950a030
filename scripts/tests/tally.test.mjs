import { tally } from "../lib/tally.mjs";

const clean = {
    success: true,
    numTotalTests: 5,
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
};

test.each([
    ["all is well", {}, "5 passed, 0 failed", true],
    ["tests were skipped", { numPendingTests: 2, numTodoTests: 1 }, "5 passed, 0 failed, 3 skipped", true],
    ["tests failed", { success: false, numFailedTests: 2 }, "5 passed, 2 failed", false],
    ["a file did not load", { success: false, numRuntimeErrorTestSuites: 1 }, "5 passed, 1 failed", false],
    ["there was no test", { numTotalTests: 0, numPassedTests: 0 }, "0 passed, 1 failed", false],
    ["jest is unhappy for its own reasons", { success: false }, "5 passed, 0 failed", false],
])("when %s", (_what, results, line, ok) => {
    expect(tally(JSON.stringify({ ...clean, ...results }))).toEqual({ line, ok });
});
