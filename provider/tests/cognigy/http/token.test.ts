import { type Token, TokenCache } from "../../../src/cognigy/http/token.js";
import { FakeClock } from "../../support/fake-clock.js";

function newCache(expiresIn: number, fetchToken?: () => Promise<Token>) {
    const clock = new FakeClock();
    const fetched: string[] = [];
    const fetchOne = async () => {
        fetched.push(`token ${fetched.length + 1}`);
        return { value: `token ${fetched.length}`, expiresIn };
    };
    return { clock, fetched, cache: new TokenCache(fetchToken ?? fetchOne, clock) };
}

describe("an access token", () => {
    it("is fetched once for all who ask at the same time", async () => {
        const { cache, fetched } = newCache(3600);
        const got = await Promise.all(Array.from({ length: 50 }, () => cache.get()));
        expect(new Set(got)).toEqual(new Set(["token 1"]));
        expect(fetched).toHaveLength(1);
    });

    it("is kept until thirty seconds before it expires", async () => {
        const { cache, clock } = newCache(3600);
        await cache.get();
        clock.advance(3_569_999);
        expect(await cache.get()).toBe("token 1");
        clock.advance(1);
        expect(await cache.get()).toBe("token 2");
    });

    it("is as old as the time that has gone by, however the clock is set meanwhile", async () => {
        const { cache, clock } = newCache(3600);
        await cache.get();
        clock.set(5 * 3_600_000);
        expect(await cache.get()).toBe("token 1");
        clock.set(-10 * 3_600_000);
        clock.advance(3_570_000);
        expect(await cache.get()).toBe("token 2");
    });

    it.each([
        [60, 30_000],
        [59, 29_500],
        [30, 15_000],
        [10, 5_000],
        [1, 500],
    ])("that lives %d s serves for %d ms", async (life, serves) => {
        const { cache, clock } = newCache(life);
        await cache.get();
        clock.advance(serves - 1);
        expect(await cache.get()).toBe("token 1");
        clock.advance(1);
        expect(await cache.get()).toBe("token 2");
    });

    it("ages from when it was asked for, not from when it came", async () => {
        const clock = new FakeClock();
        let fetched = 0;
        const cache = new TokenCache(async () => {
            await clock.sleep(20_000);
            fetched += 1;
            return { value: `token ${fetched}`, expiresIn: 60 };
        }, clock);
        await cache.get();
        clock.advance(10_000);
        expect(await cache.get()).toBe("token 2");
    });

    it("is fetched anew after it was dropped", async () => {
        const { cache } = newCache(3600);
        cache.drop(await cache.get());
        expect(await cache.get()).toBe("token 2");
    });

    it("is not dropped by whoever still holds the one before", async () => {
        const { cache, fetched } = newCache(3600);
        const first = await cache.get();
        cache.drop(first);
        await cache.get();
        cache.drop(first);
        expect(await cache.get()).toBe("token 2");
        expect(fetched).toHaveLength(2);
    });

    it("is fetched once by all who were refused together", async () => {
        const { cache, fetched } = newCache(3600);
        const first = await cache.get();
        const again = await Promise.all(
            Array.from({ length: 20 }, () => {
                cache.drop(first);
                return cache.get();
            }),
        );
        expect(new Set(again)).toEqual(new Set(["token 2"]));
        expect(fetched).toHaveLength(2);
    });

    it("that cannot be fetched is told to all who wait, and asked for again by the next", async () => {
        let asked = 0;
        const { cache } = newCache(0, async () => {
            asked += 1;
            if (asked === 1) {
                throw new Error("no token");
            }
            return { value: "token 2", expiresIn: 60 };
        });
        const waiting = await Promise.allSettled([cache.get(), cache.get()]);
        expect(waiting.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
        expect(asked).toBe(1);
        expect(await cache.get()).toBe("token 2");
    });
});
