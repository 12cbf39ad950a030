import { configFor, testsIn } from "./config.mjs";

// What is played with many inputs, for a long time or in other processes finds no mutant that the others do not find sooner.
// `put-if-new` replaces a module, which a bundle does not have any more.
const LEFT_OUT =
    /^(hostile-.*|rate-limits|clock-jumps|races|artifact|shared-ledger|put-if-new)\.test\.ts$|\.property\.test\.ts$/;
// What tests one file by itself is over in no time, and what goes the whole way finds most mutants: the rest is not run then.
const FIRST = [
    "history",
    "live",
    "ending",
    "poll",
    "bake",
    "release",
    "failure",
    "gates",
    "lost-answers",
    "going-back",
].map((name) => `pipeline/${name}.test.ts`);

const tests = [...new Set([...FIRST, ...testsIn("pipeline", LEFT_OUT), "provider.test.ts"])];

export default configFor("pipeline", tests);
