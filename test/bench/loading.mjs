import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { fastestInTurns } from "./support/statistics.mjs";

const require = createRequire(import.meta.url);

const ROUNDS = 20;
/** Milliseconds. */
const MOST = 60;

/** Loads what the line in the state asks for, and sets the time against that of a bare Node: both as processes of their own. */
export async function loading() {
    const file = require.resolve("pulumi-cognigy/provider");
    const run = (code) => execFileSync(process.execPath, ["-e", code]);
    const load = () => run(`require(${JSON.stringify(file)}).provider`);
    load();
    const { one, other } = await fastestInTurns(ROUNDS, load, () => run("0"));
    const ours = one - other;
    return {
        name: "loading",
        work: "load pulumi-cognigy/provider",
        measured: `${ours.toFixed(0)} ms over a bare Node (${other.toFixed(0)} ms); ${(statSync(file).size / 1000).toFixed(0)} kB`,
        target: `at most ${MOST} ms`,
        met: ours <= MOST,
        milliseconds: { loaded: one, bare: other },
        bytes: statSync(file).size,
    };
}
