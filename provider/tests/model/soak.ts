import type { SideMaker } from "./platform-side.js";
import { endings, LANES, playSeed } from "./play.js";
import { sideOf } from "./sides.js";

/** What a soak is asked for. */
interface Wishes {
    histories: number;
    /** Milliseconds. */
    time: number;
    seed: number;
    side: SideMaker;
    /** Stop at the first break. */
    first: boolean;
}

function wishesIn(args: readonly string[]): Wishes {
    const number = (name: string) => {
        const at = args.indexOf(name);
        const value = at === -1 ? undefined : Number(args[at + 1]);
        if (value !== undefined && !(value >= 0)) {
            throw new Error(`${name} expects a number`);
        }
        return value;
    };
    const side = sideOf(args.includes("--api") ? args[args.indexOf("--api") + 1] : "bots");
    const seed = number("--seed");
    const minutes = number("--minutes");
    const alone = seed !== undefined && minutes === undefined;
    return {
        histories: number("--histories") ?? (alone ? 1 : Number.POSITIVE_INFINITY),
        time: (minutes ?? Number.POSITIVE_INFINITY) * 60_000,
        first: args.includes("--first"),
        side,
        seed: seed ?? Math.floor(Math.random() * 1e9),
    };
}

async function soak({ histories, time, seed, side, first }: Wishes): Promise<number> {
    const began = Date.now();
    let begun = 0;
    let ran = 0;
    let breaks = 0;
    let stopped = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.on(signal, () => {
            stopped = true;
        });
    }
    const tally = () => {
        const seconds = Math.round((Date.now() - began) / 1000);
        return `${ran} histories, ${breaks} breaks, ${seconds} s, seeds ${seed} to ${seed + begun - 1}`;
    };
    let told = began;
    console.log(`soak: from seed ${seed}`);
    const goesOn = () => !stopped && !(first && breaks > 0) && begun < histories && Date.now() - began < time;
    const playOn = async () => {
        while (goesOn()) {
            const verdict = await playSeed(seed + begun++, side);
            ran += 1;
            if (!verdict.holds) {
                breaks += 1;
                console.log(verdict.report);
            }
            if (Date.now() - told > 30_000) {
                told = Date.now();
                console.log(`soak: ${tally()}`);
            }
        }
    };
    await Promise.all(Array.from({ length: LANES }, playOn));
    console.log(`soak: ${tally()}`);
    console.log(`soak: commands: ${[...endings].map(([ending, times]) => `${times} ${ending}`).join(", ")}`);
    return breaks === 0 ? 0 : 1;
}

void soak(wishesIn(process.argv.slice(2))).then(
    (code) => process.exit(code),
    (error: Error) => {
        console.error(error.stack);
        process.exit(2);
    },
);
