import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { FileHistory, type Followed } from "../../src/ledger/file-history.js";
import { OpenFile } from "../../src/ledger/open-file.js";
import { chainOf, newEvent, textOf } from "../support/ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const CHAIN = chainOf(
    Array.from({ length: 400 }, (_, number) => ({ event: newEvent(number), at: number * 1000 })),
);

/** Counts what is read from a file. */
function counting(file: Followed): { file: Followed; bytes: () => number } {
    let bytes = 0;
    const read: Followed["read"] = async (...args) => {
        const result = await file.read(...args);
        bytes += result.bytesRead;
        return result;
    };
    return {
        file: { read, stat: () => file.stat() },
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
    await OpenFile.with(path, "r", async (opened) => {
        const { file, bytes } = counting(opened);
        const history = new FileHistory({ location: path, unit: "line" });
        await history.catchUp(file);
        expect([...history.events.of()]).toEqual(most);
        expect(bytes()).toBe(textOf(most).length);
        await history.catchUp(file);
        expect(bytes()).toBe(0);
        appendFileSync(path, textOf(last));
        await history.catchUp(file);
        expect([...history.events.of()]).toEqual(CHAIN);
        // What was added, the line end before it, and the last line again, to see that the file is still the same.
        expect(bytes()).toBe(textOf(last).length + textOf(most.slice(-1)).length);
        expect(history.head).toBe(CHAIN.at(-1)?.hash);
    });
});
