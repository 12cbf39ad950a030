import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FileHandover } from "../../src/evidence/file-handover.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const NAME = "5b1f0a3e-0000-4000-8000-000000000000";

/** Finds something out when it is told to, and counts how often it was asked. */
class Finder {
    asked = 0;
    private readonly told: ((found: string) => void)[] = [];

    readonly find = () => {
        this.asked += 1;
        return new Promise<string>((resolve) => this.told.push(resolve));
    };

    async isAsked(): Promise<void> {
        while (this.told.length === 0) {
            await new Promise((resolve) => setImmediate(resolve));
        }
    }

    tell(found: string): void {
        this.told.shift()?.(found);
    }
}

describe("a handover", () => {
    it("gives another process what was found out, without finding it out again", async () => {
        const folder = join(temporaryFolder(), "handover");
        const finder = new Finder();
        const first = new FileHandover(folder).obtain(NAME, finder.find);
        await finder.isAsked();
        const second = new FileHandover(folder).obtain(NAME, finder.find);
        finder.tell("found");
        expect(await Promise.all([first, second])).toEqual(["found", "found"]);
        expect(await new FileHandover(folder).obtain(NAME, finder.find)).toBe("found");
        expect(finder.asked).toBe(1);
    });

    it("lets the next one try when it was not found out", async () => {
        const folder = temporaryFolder();
        const failing = new FileHandover(folder).obtain(NAME, () => Promise.reject(new Error("not there")));
        await expect(failing).rejects.toThrow("not there");
        expect(await new FileHandover(folder).obtain(NAME, async () => "found")).toBe("found");
    });

    it("is for the user alone", async () => {
        const folder = join(temporaryFolder(), "handover");
        await new FileHandover(folder).obtain(NAME, async () => "found");
        expect(statSync(folder).mode & 0o777).toBe(0o700);
        expect(readdirSync(folder)).toEqual([`${NAME}.json`]);
        expect(statSync(join(folder, `${NAME}.json`)).mode & 0o777).toBe(0o600);
    });

    it("takes nothing that is half written", async () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, `${NAME}.json`), '{"found":');
        expect(await new FileHandover(folder).obtain(NAME, async () => "found")).toBe("found");
    });

    it("is done without where its folder cannot be", async () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, "file"), "");
        const handover = new FileHandover(join(folder, "file", "handover"));
        expect(await handover.obtain(NAME, async () => "found")).toBe("found");
    });

    it.each(["../../etc/passwd", "", "a/b", "a".repeat(65)])("makes no file of the name %j", async (name) => {
        const folder = temporaryFolder();
        expect(await new FileHandover(folder).obtain(name, async () => "found")).toBe("found");
        expect(readdirSync(folder)).toEqual([]);
    });

    it("removes what runs of days ago have left", async () => {
        const folder = temporaryFolder();
        const old = join(folder, "old.json");
        writeFileSync(old, "{}");
        utimesSync(old, new Date(0), new Date(0));
        writeFileSync(join(folder, "new.json"), "{}");
        await new FileHandover(folder).obtain(NAME, async () => "found");
        expect([existsSync(old), existsSync(join(folder, "new.json"))]).toEqual([false, true]);
    });
});
