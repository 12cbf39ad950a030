import { Slots, Timeline } from "./timeline.mjs";

/**
 * What a world is made of. Times are seconds.
 *
 * @typedef {object} World
 * @property {number} bots
 * @property {number} flows How many each bot has: a release each.
 * @property {number} stacks Over how many stacks the bots are spread; all run at the same time.
 * @property {number} parallel How many resources an engine has in work at the same time.
 * @property {number} callsPerSecond What the platform allows.
 * @property {number} latency Of a call.
 * @property {number} simulation On average.
 * @property {number} deployment On average.
 * @property {number} pages Of dependencies.
 * @property {number} dependencies That are distinct.
 * @property {number} check What the engine takes to check a resource, one after another.
 * @property {number} checkpoint What the engine takes to write the state of one release; it writes that of all, twice a release.
 * @property {boolean} byTurns Whether releases are registered one of each bot by turns, or bot by bot.
 * @property {(milliseconds: number) => number} nextPoll How the provider polls.
 * @property {number} seed
 */

/**
 * Plays the `up` of a new version of each flow, and tells how long it takes and what it is bound by.
 *
 * @param {World} world
 */
export async function play(world) {
    const timeline = new Timeline();
    const random = randomFrom(world.seed);
    const bots = Array.from({ length: world.bots }, (_, index) => ({
        turn: new Slots(1),
        stack: index % world.stacks,
        releases: Array.from({ length: world.flows }, () => ({
            simulation: spread(world.simulation, random),
            deployment: spread(world.deployment, random),
        })),
    }));
    const platform = platformOf(timeline, world);
    const stacks = Array.from({ length: world.stacks }, (_, index) =>
        bots.filter(({ stack }) => stack === index),
    );
    const wall = await timeline.run(stacks.map((own) => up(own, { timeline, platform, world })));
    return { wall, calls: platform.calls(), limits: limitsOf(world, bots, stacks, platform.calls()) };
}

/** One stack's `up`: preview and update, each of which checks one release after another. */
async function up(bots, { timeline, platform, world }) {
    const releases = inOrder(bots, world);
    const checkpoint = world.checkpoint * releases.length;
    const engine = new Slots(world.parallel);
    const writing = new Slots(1);
    const write = () => writing.hold(() => timeline.wait(checkpoint));
    /** The gates start with the program, all at once; `check` waits for those of one release after another. */
    const checked = async (gates, next) => {
        const ahead = releases.map(({ release }) => gates(release));
        const going = [];
        for (const [index, one] of releases.entries()) {
            await ahead[index];
            await timeline.wait(world.check);
            going.push(next?.(one));
        }
        await Promise.all(going);
    };
    await checked((release) => gate(release, platform, world));
    await checked(
        () => platform.inTurn(1 + world.pages),
        ({ bot, release }) =>
            engine.hold(async () => {
                await write();
                await bot.turn.hold(() => deploy(release, platform));
                await write();
            }),
    );
}

/** The releases in the order in which they are registered: as they are declared, or one of each bot by turns. */
function inOrder(bots, { flows, byTurns }) {
    return byTurns
        ? Array.from({ length: flows }, (_, index) => index).flatMap((index) =>
              bots.map((bot) => ({ bot, release: bot.releases[index] })),
          )
        : bots.flatMap((bot) => bot.releases.map((release) => ({ bot, release })));
}

async function gate({ simulation }, platform, { pages, dependencies }) {
    await platform.inTurn(1 + pages);
    await platform.sideBySide(dependencies);
    await platform.call();
    await platform.poll(simulation);
    await platform.call();
}

/** A free slot, what is live, the flow, the deployment; until its end; health, what is live, the export. */
async function deploy({ deployment }, platform) {
    await platform.inTurn(4);
    await platform.poll(deployment);
    await platform.inTurn(3);
}

/** The platform lets so many calls through a second, in the order in which they come. */
function platformOf(timeline, { callsPerSecond, latency, nextPoll }) {
    let free = 0;
    let calls = 0;
    const call = async () => {
        calls += 1;
        free = Math.max(timeline.now, free) + 1 / callsPerSecond;
        await timeline.until(free - 1 / callsPerSecond + latency);
    };
    return {
        call,
        calls: () => calls,
        inTurn: async (count) => {
            for (let index = 0; index < count; index += 1) {
                await call();
            }
        },
        sideBySide: (count) => Promise.all(Array.from({ length: count }, call)),
        poll: async (duration) => {
            const began = timeline.now;
            for (;;) {
                // What is looked at is as it was when the call came through.
                await call();
                const elapsed = timeline.now - began;
                if (elapsed >= duration) {
                    return;
                }
                await timeline.wait(nextPoll(elapsed * 1000) / 1000);
            }
        },
    };
}

/** What it takes at least for each reason by itself: the largest is what the world is bound by. */
function limitsOf(world, bots, stacks, calls) {
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    const deploying = ({ releases }) => sum(releases.map(({ deployment }) => deployment + 7 * world.latency));
    const most = (values) => Math.max(...values);
    const sizes = stacks.map((own) => own.length * world.flows);
    return {
        "the platform's rate limit": calls / world.callsPerSecond,
        "the bots, each of which takes one deployment at a time": most(bots.map(deploying)),
        "how many resources the engine has in work": most(
            stacks.map((own) => sum(own.map(deploying)) / world.parallel),
        ),
        "the engine's checkpoints": most(sizes.map((size) => 2 * size * size * world.checkpoint)),
        "the engine's checks": most(sizes.map((size) => 2 * size * world.check)),
    };
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomFrom(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** A time around the average: half of it at least, and now and then several times as long. */
function spread(average, random) {
    return average * (0.5 - 0.5 * Math.log(1 - random()));
}
