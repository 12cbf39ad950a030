import { landscape, releasesOf } from "./support/landscape.mjs";
import { startPlatform } from "./support/platform.mjs";
import { releaseStack } from "./support/stacks.mjs";
import { inTurns, secondsText } from "./support/statistics.mjs";

const ROUNDS = 2;
const BOTS = 10;
const FLOWS = 5;
/** Milliseconds. */
const SIMULATION = 2000;
const DEPLOYMENT = 300;
const MOST = 4;

/** Releases many flows for the first time, and sets the time against that of one: each is simulated for two seconds. */
export async function firstUp(folder, engine) {
    const pulumi = await engine();
    const up = async (bots, flows) => {
        const data = landscape({ bots, flows, simulationMs: SIMULATION, deploymentMs: DEPLOYMENT });
        const platform = await startPlatform(folder, data);
        const stack = await releaseStack(pulumi, platform);
        try {
            stack.declare(releasesOf(data, "v1.0.0"));
            await stack.run("up", "--yes");
        } finally {
            platform.stop();
            stack.remove();
        }
    };
    const { one: many, other: single } = await inTurns(
        ROUNDS,
        () => up(BOTS, FLOWS),
        () => up(1, 1),
    );
    const ratio = many / single;
    const count = BOTS * FLOWS;
    return {
        name: "first-up",
        work: `first \`up\` of ${count} releases, ${SIMULATION / 1000} s of simulation each`,
        measured: `${ratio.toFixed(2)} times as long as of one (${secondsText(many)}, ${secondsText(single)})`,
        target: `at most ${MOST} times; one after another it would be ${count}`,
        met: ratio <= MOST,
        milliseconds: { many, single },
    };
}
