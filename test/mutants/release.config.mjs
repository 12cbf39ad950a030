import { configFor, testsIn } from "./config.mjs";

// The domain's own tests: what only a test of the pipeline notices is not tested where it belongs.
// Random flows take long, and each mutant would be tried with hundreds.
export default configFor("release", testsIn("release", /\.property\.test\.ts$|hostile/));
