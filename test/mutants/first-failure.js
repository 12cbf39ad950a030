const { TestEnvironment } = require("jest-environment-node");

/** After the first test that fails the others are skipped: the mutant is found out. Jest's own bail counts files. */
module.exports = class extends TestEnvironment {
    failed = false;

    handleTestEvent({ name, test }) {
        this.failed ||= name === "test_fn_failure" || (name === "hook_failure" && test !== undefined);
        if (name === "test_start" && this.failed) {
            test.mode = "skip";
        }
    }
};
