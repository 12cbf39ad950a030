import { within } from "../src/within.js";

describe("waiting for some work for a while", () => {
    it("gives what the work gives, and what it throws", async () => {
        expect(await within(60_000, Promise.resolve(1))).toBe(1);
        await expect(within(60_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    });

    it("gives nothing when the work takes longer", async () => {
        expect(await within(1, new Promise(() => {}))).toBeUndefined();
    });
});
