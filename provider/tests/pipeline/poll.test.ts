import { PlatformError, type PlatformErrorKind } from "../../src/cognigy/errors.js";
import type { Platform } from "../../src/cognigy/platform.js";
import { poll } from "../../src/pipeline/poll.js";
import { FakeClock } from "../support/fake-clock.js";

/** A platform that asks no call again by itself. */
const platform = {
    askingUntil: <T>(_deadline: number, work: () => Promise<T>) => work(),
} as Platform;

const failure = (kind: PlatformErrorKind) => new PlatformError(kind, "GET /it", `it is ${kind}`);

/** Looks that come to this, one after the other, and to nothing afterwards. */
function looks(...answers: (string | Error | undefined)[]) {
    return jest.fn(async () => {
        const answer = answers.shift();
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    });
}

describe("something that is looked at until there is a result", () => {
    test.each(["unavailable", "rate_limited"] as const)(
        "is looked at again when the platform is %s in the meantime",
        async (kind) => {
            const look = looks(undefined, failure(kind), "done");
            expect(await poll({ clock: new FakeClock(), platform }, 60, look)).toBe("done");
            expect(look).toHaveBeenCalledTimes(3);
        },
    );

    test.each(["unauthorized", "forbidden", "rejected", "malformed"] as const)(
        "is given up at once when the platform's answer is that it is %s",
        async (kind) => {
            const look = looks(undefined, failure(kind), "done");
            await expect(poll({ clock: new FakeClock(), platform }, 60, look)).rejects.toThrow(
                `it is ${kind}`,
            );
            expect(look).toHaveBeenCalledTimes(2);
        },
    );

    test("is looked at once more at the very end of its time, and never later", async () => {
        const clock = new FakeClock();
        const look = looks();
        expect(await poll({ clock, platform }, 7, look)).toBeUndefined();
        expect(clock.monotonic()).toBe(7_000);
    });

    test("says that the platform was away only where it was so at the last look", async () => {
        const clock = new FakeClock();
        const away = jest.fn(async () => {
            throw failure("unavailable");
        });
        await expect(poll({ clock, platform }, 7, away)).rejects.toThrow("it is unavailable");
        expect(await poll({ clock, platform }, 7, looks(failure("unavailable")))).toBeUndefined();
    });
});
