import { Outage } from "../../../src/cognigy/http/outage.js";
import { FakeClock } from "../../support/fake-clock.js";

function newOutage() {
    const clock = new FakeClock();
    const said: string[] = [];
    const outage = new Outage("the platform", (line) => said.push(line), clock, 4_000);
    /** A call that was sent some time ago and is asked again for so long. */
    const miss = (ago: number, goesOn: number) =>
        outage.missed({
            sent: clock.monotonic() - ago,
            what: "answers 503",
            until: clock.monotonic() + goesOn,
        });
    return { clock, said, outage, miss };
}

describe("an outage", () => {
    it("is told once when it has lasted a while, and until when the platform is asked again", () => {
        const { clock, said, miss } = newOutage();
        miss(0, 10_000);
        clock.advance(3_999);
        miss(0, 10_000);
        expect(said).toEqual([]);
        clock.advance(1);
        miss(0, 10_000);
        miss(0, 10_000);
        clock.advance(60_000);
        miss(0, 10_000);
        // It is 03:04:09 by the clock of the tests.
        expect(said).toEqual([
            "the platform answers 503; it is asked again until 03:04:19 UTC, for up to 10 s",
        ]);
    });

    it("is told at once when a single call has taken so long", () => {
        const { said, miss } = newOutage();
        miss(4_000, 1_000);
        expect(said).toHaveLength(1);
    });

    it("is over with the first answer: the next one is told anew, and after a while again", () => {
        const { clock, said, outage, miss } = newOutage();
        miss(4_000, 1_000);
        outage.answered();
        miss(0, 1_000);
        clock.advance(3_000);
        miss(0, 1_000);
        expect(said).toHaveLength(1);
        clock.advance(1_000);
        miss(0, 1_000);
        expect(said).toHaveLength(2);
    });

    it("is not told by a call that nobody makes again: what it comes to is told as its error", () => {
        const { said, miss } = newOutage();
        miss(4_000, 0);
        expect(said).toEqual([]);
        miss(4_000, 1);
        expect(said).toHaveLength(1);
    });

    it("is told with the time until which work goes on that outlasts its calls", async () => {
        const { clock, said, outage, miss } = newOutage();
        const now = clock.monotonic();
        await outage.during(now + 600_000, () =>
            outage.during(now + 90_000, async () => {
                miss(4_000, 0);
            }),
        );
        expect(said).toEqual([
            "the platform answers 503; it is asked again until 03:14:05 UTC, for up to 10 min",
        ]);
    });

    it("knows of no work that has ended, well or badly", async () => {
        const { clock, said, outage, miss } = newOutage();
        const later = clock.monotonic() + 600_000;
        await outage.during(later, async () => {});
        await outage.during(later, async () => Promise.reject(new Error("gone"))).catch(() => {});
        miss(4_000, 0);
        expect(said).toEqual([]);
    });

    it("is told with the time on the wall, wherever that was set meanwhile", () => {
        const { clock, said, miss } = newOutage();
        miss(0, 1_000);
        clock.set(3_600_000);
        clock.advance(4_000);
        miss(0, 1_000);
        expect(said).toEqual([
            "the platform answers 503; it is asked again until 04:04:10 UTC, for up to 1 s",
        ]);
    });

    it("is no rest that the platform asks for: that one is told once, with its end, where it is long", () => {
        const { clock, said, outage } = newOutage();
        outage.rests(9_999);
        expect(said).toEqual([]);
        outage.rests(294_000);
        outage.rests(293_000);
        expect(said).toEqual([
            "the platform takes no more calls for now; it is asked again at 03:08:59 UTC, in 5 min",
        ]);
        clock.advance(294_000);
        outage.rests(60_000);
        expect(said).toHaveLength(2);
    });
});
