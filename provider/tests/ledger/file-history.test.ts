import { appendFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { FileHistory } from "../../src/ledger/file-history.js";
import { chainOf, newEvent, textOf } from "../support/ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const CHAIN = chainOf(
    Array.from({ length: 400 }, (_, number) => ({ event: newEvent(number), at: number * 1000 })),
);

/** Counts what is read from a file. */
function counting(file: FileHandle): { file: FileHandle; bytes: () => number } {
    let bytes = 0;
    const read = async (...args: Parameters<FileHandle["read"]>) => {
        const result = await file.read(...args);
        bytes += result.bytesRead;
        return result;
    };
    const counted = { read, stat: file.stat.bind(file) } as FileHandle;
    return {
        file: counted,
        bytes: () => {
            const before = bytes;
            bytes = 0;
            return before;
        },
    };
}

test("what a process has read of a ledger it does not read again, only what was added", async () => {
    const path = join(temporaryFolder(), "ledger.jsonl");
    const [most, last] = [CHAIN.slice(0, -1), CHAIN.slice(-1)];
    appendFileSync(path, textOf(most));
    const handle = await open(path, "r");
    const { file, bytes } = counting(handle);
    const history = new FileHistory({ location: path, unit: "line" });
    await history.catchUp(file);
    expect(history.events).toEqual(most);
    expect(bytes()).toBe(textOf(most).length);
    await history.catchUp(file);
    expect(bytes()).toBe(0);
    appendFileSync(path, textOf(last));
    await history.catchUp(file);
    expect(history.events).toEqual(CHAIN);
    // What was added, the line end before it, and the last line again, to see that the file is still the same.
    expect(bytes()).toBe(textOf(last).length + textOf(most.slice(-1)).length);
    expect(history.head).toBe(CHAIN.at(-1)?.hash);
    await handle.close();
});
