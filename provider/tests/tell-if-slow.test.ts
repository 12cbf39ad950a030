import { tellIfSlow } from "../src/tell-if-slow.js";

describe("work that people wait for", () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    test("that is quick is not talked about", async () => {
        const tell = jest.fn();
        expect(await tellIfSlow(Promise.resolve("done"), tell)).toBe("done");
        jest.advanceTimersByTime(60_000);
        expect(tell).not.toHaveBeenCalled();
    });

    test("that takes long is told of once, after five seconds", async () => {
        const tell = jest.fn();
        let finish: (value: string) => void = () => {};
        const work = tellIfSlow(new Promise<string>((resolve) => (finish = resolve)), tell);
        jest.advanceTimersByTime(4_999);
        expect(tell).not.toHaveBeenCalled();
        jest.advanceTimersByTime(60_000);
        expect(tell).toHaveBeenCalledTimes(1);
        finish("done");
        expect(await work).toBe("done");
    });

    test("that fails fails", async () => {
        await expect(tellIfSlow(Promise.reject(new Error("no")), jest.fn())).rejects.toThrow("no");
    });
});
