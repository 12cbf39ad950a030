import { configFor, testsIn } from "./config.mjs";

// The domain's own tests: what only a test of the pipeline notices is not tested where it belongs.
export default configFor("release", testsIn("release"));
