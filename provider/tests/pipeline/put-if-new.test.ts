import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { putIfNew } from "../../src/pipeline/put-if-new.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

jest.mock("node:fs/promises", () => {
    const actual = jest.requireActual<typeof fs>("node:fs/promises");
    return { ...actual, link: jest.fn(actual.link) };
});

afterAll(removeTemporaryFolders);

const { readFile, writeFile } = fs;
const noLinks = (code: string) =>
    jest.mocked(fs.link).mockRejectedValueOnce(Object.assign(new Error(code), { code }));

async function files(): Promise<{ part: string; target: string }> {
    const folder = temporaryFolder();
    await writeFile(join(folder, "part"), "new");
    return { part: join(folder, "part"), target: join(folder, "file") };
}

const hashOfOld = createHash("sha256").update("old").digest("hex");

describe.each([
    ["with links", () => {}],
    ["without links", () => noLinks("EPERM")],
])("a file that is whole, on a file system %s", (_kind, prepare) => {
    it("gets its name", async () => {
        const { part, target } = await files();
        prepare();
        expect(await putIfNew(part, target)).toBeUndefined();
        expect(await readFile(target, "utf8")).toBe("new");
    });

    it("does not take the place of another one, whose hash is told", async () => {
        const { part, target } = await files();
        await writeFile(target, "old");
        prepare();
        expect(await putIfNew(part, target)).toBe(hashOfOld);
        expect(await readFile(target, "utf8")).toBe("old");
    });
});

describe("a file that cannot be put there", () => {
    it("is an error, whatever else is there", async () => {
        const { part, target } = await files();
        noLinks("EIO");
        await expect(putIfNew(part, target)).rejects.toThrow("EIO");
        await expect(readFile(target)).rejects.toThrow("ENOENT");
    });
});
