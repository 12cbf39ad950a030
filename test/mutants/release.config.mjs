import { configFor, testsIn } from "./config.mjs";

// The domain's own tests: what only a test of the pipeline notices is not tested where it belongs. Hostile flows of ten thousand
// nodes take too long for each mutant; random ones take a part of a second, and come last: most mutants are found out before.
const RANDOM = /\.property\.test\.ts$/;

const tests = testsIn("release", /hostile/);

export default configFor("release", [
    ...tests.filter((name) => !RANDOM.test(name)),
    ...tests.filter((name) => RANDOM.test(name)),
]);
