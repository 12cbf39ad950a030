import { configFor, testsIn } from "./config.mjs";

// What is played with many inputs, for a long time or in other processes finds no mutant that the others do not find sooner.
const SLOW =
    /^(hostile-.*|rate-limits|clock-jumps|races|artifact|shared-ledger)\.test\.ts$|\.property\.test\.ts$/;

export default configFor("pipeline", [...testsIn("pipeline", SLOW), "provider.test.ts"], {
    ignoreStatic: true,
});
