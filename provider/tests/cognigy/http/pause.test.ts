import { Pause } from "../../../src/cognigy/http/pause.js";
import { FakeClock, HandClock } from "../../support/fake-clock.js";

describe("a pause", () => {
    it("holds nobody before it was started", async () => {
        const clock = new FakeClock();
        await new Pause(clock, () => 0).over();
        expect(clock.slept).toEqual([]);
    });

    it("holds everybody until it is over, and lets them go a little apart", async () => {
        const clock = new HandClock();
        const numbers = [0, 0.5];
        const pause = new Pause(clock, () => numbers.shift() ?? 0);
        const gone: string[] = [];
        pause.start(1_000);
        const both = [
            pause.over().then(() => gone.push("first")),
            pause.over().then(() => gone.push("second")),
        ];
        await clock.advance(999);
        expect(gone).toEqual([]);
        await clock.advance(1);
        expect(gone).toEqual(["first"]);
        await clock.advance(124);
        expect(gone).toEqual(["first"]);
        await clock.advance(1);
        expect(gone).toEqual(["first", "second"]);
        await Promise.all(both);
    });

    it("goes on when it is prolonged while somebody waits, and is never cut short", async () => {
        const clock = new HandClock();
        const pause = new Pause(clock, () => 0);
        let gone = false;
        pause.start(1_000);
        const waiting = pause.over().then(() => {
            gone = true;
        });
        pause.start(3_000);
        pause.start(10);
        await clock.advance(1_000);
        expect(gone).toBe(false);
        await clock.advance(2_000);
        expect(gone).toBe(true);
        await waiting;
    });
});
