import { existsSync, mkdirSync, rmdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holdFile } from "../src/file-lock.js";
import { removeTemporaryFolders, temporaryFolder } from "./support/temporary-folder.js";

afterAll(removeTemporaryFolders);

function newPath(): string {
    return join(temporaryFolder(), "file");
}

describe("a file that is held", () => {
    it("is held by one at a time, in turn", async () => {
        const path = newPath();
        let holders = 0;
        const most: number[] = [];
        await Promise.all(
            Array.from({ length: 8 }, async () => {
                const held = await holdFile(path, { lookAgain: 2 });
                holders += 1;
                most.push(holders);
                await new Promise(setImmediate);
                holders -= 1;
                await held.release();
            }),
        );
        expect(most).toEqual(Array.from({ length: 8 }, () => 1));
        expect(existsSync(`${path}.lock`)).toBe(false);
    });

    it("is given up after a time", async () => {
        const path = newPath();
        const held = await holdFile(path, { lookAgain: 2 });
        await expect(holdFile(path, { lookAgain: 2, patience: 20 })).rejects.toMatchObject({
            code: "ELOCKED",
        });
        await held.release();
        await (await holdFile(path, { lookAgain: 2, patience: 20 })).release();
    });

    it("is taken over from a process that is dead", async () => {
        const path = newPath();
        mkdirSync(`${path}.lock`);
        utimesSync(`${path}.lock`, 1, 1);
        const held = await holdFile(path, { lookAgain: 2, patience: 20 });
        expect(held.lost).toBe(false);
        await held.release();
    });

    it("may be released where its lock is gone", async () => {
        const path = newPath();
        const held = await holdFile(path, { lookAgain: 2 });
        rmdirSync(`${path}.lock`);
        await held.release();
    });

    it("cannot be waited for where there can be no lock", async () => {
        const folder = join(temporaryFolder(), "file");
        writeFileSync(folder, "");
        await expect(holdFile(join(folder, "file"), { lookAgain: 2 })).rejects.toMatchObject({
            code: "ENOTDIR",
        });
    });
});
