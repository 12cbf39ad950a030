// Prints the counts of a jest run, from its JSON results, in one line: node scripts/tally.mjs <file>
import { readFileSync } from "node:fs";
import { tally } from "./lib/tally.mjs";

const { line, ok } = tally(readFileSync(process.argv[2], "utf8"));
console.log(line);
process.exit(ok ? 0 : 1);
