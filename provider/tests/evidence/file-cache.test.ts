import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FileCache } from "../../src/evidence/file-cache.js";
import { FakeClock } from "../support/fake-clock.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const LIFETIME = 3_600_000;
const KEY = "ab".repeat(32);
const numbers = z.array(z.number());

function newCache(folder = join(temporaryFolder(), "flows"), clock = new FakeClock()) {
    let asked = 0;
    const cache = new FileCache(folder, LIFETIME, clock);
    const find = async () => {
        asked += 1;
        return [asked];
    };
    return { folder, clock, cache, get: (key = KEY) => cache.obtain(key, numbers, find) };
}

describe("a cache in files", () => {
    it("finds a value out once, in this process or another, for one name", async () => {
        const { folder, clock, get } = newCache();
        expect(await Promise.all([get(), get()])).toEqual([[1], [1]]);
        expect(await get()).toEqual([1]);
        expect(await newCache(folder, clock).get()).toEqual([1]);
        expect(await get("another")).toEqual([2]);
    });

    it("finds it out anew when its time is over, or it was kept in the future", async () => {
        const { folder, clock, get } = newCache();
        const began = clock.now();
        await get();
        await clock.sleep(LIFETIME - 1);
        expect(await get()).toEqual([1]);
        await clock.sleep(1);
        expect(await get()).toEqual([2]);
        const future = { schema: 1, madeAt: began + 10 * LIFETIME, value: [9] };
        writeFileSync(join(folder, `${KEY}.json`), JSON.stringify(future));
        expect(await get()).toEqual([3]);
    });

    it.each([
        ["of another shape", { schema: 1, madeAt: 0, value: ["one"] }],
        ["of another version", { schema: 2, madeAt: 0, value: [9] }],
        ["that are none", "nothing"],
    ])("finds it out anew in place of values %s", async (_, kept) => {
        const { folder, clock, get } = newCache();
        await get();
        const stamped = typeof kept === "string" ? kept : JSON.stringify({ ...kept, madeAt: clock.now() });
        writeFileSync(join(folder, `${KEY}.json`), stamped);
        expect(await get()).toEqual([2]);
    });

    it("keeps nothing of what could not be found out", async () => {
        const { cache, folder } = newCache();
        const broken = () => cache.obtain(KEY, numbers, () => Promise.reject(new Error("refused")));
        await expect(broken()).rejects.toThrow("refused");
        expect(readdirSync(folder)).toEqual([]);
    });

    it("is for its owner's eyes", async () => {
        const { folder, get } = newCache();
        await get();
        const file = join(folder, `${KEY}.json`);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        expect(readFileSync(file, "utf8")).toMatch(/^\{"schema":1,"madeAt":\d+,"value":\[1\]\}\n$/);
    });
});
