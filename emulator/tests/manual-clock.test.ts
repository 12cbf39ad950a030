import { systemClock } from "../src/clock";
import { ManualClock } from "../src/manual-clock";

test("wakes each sleeper at its own moment, the earliest first", async () => {
    const clock = new ManualClock(1000);
    const woken: [string, number][] = [];
    for (const [name, ms] of [
        ["late", 30],
        ["early", 10],
        ["never", 99],
    ] as const) {
        clock.sleep(ms).then(() => woken.push([name, clock.now()]));
    }
    await clock.advance(50);
    expect(woken).toEqual([
        ["early", 1010],
        ["late", 1030],
    ]);
    expect([clock.now(), clock.sleeping]).toEqual([1050, 1]);
});

test("who falls asleep while time passes is woken too", async () => {
    const clock = new ManualClock(0);
    const woken: number[] = [];
    void clock.sleep(10).then(async () => {
        await clock.sleep(10);
        woken.push(clock.now());
    });
    await clock.advance(20);
    expect(woken).toEqual([20]);
});

test("an abort ends the sleep", async () => {
    const clock = new ManualClock();
    const abort = new AbortController();
    const sleep = clock.sleep(10, abort.signal);
    abort.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    await expect(clock.sleep(10, abort.signal)).rejects.toThrow("enough");
    expect(clock.sleeping).toBe(0);
});

test("untilSleeping waits for as many as are asked for", async () => {
    const clock = new ManualClock();
    let isDone = false;
    const both = clock.untilSleeping(2).then(() => {
        isDone = true;
    });
    void clock.sleep(1);
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
    void clock.sleep(1);
    await both;
});

test("real time sleeps and can be interrupted", async () => {
    const begun = systemClock.now();
    await systemClock.sleep(15);
    expect(systemClock.now() - begun).toBeGreaterThanOrEqual(14);
    const abort = new AbortController();
    const sleep = systemClock.sleep(60_000, abort.signal);
    abort.abort();
    await expect(sleep).rejects.toThrow("aborted");
});
