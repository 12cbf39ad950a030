import fs from "node:fs";
import { promisify } from "node:util";

/*
 * Files in memory are there at once: to hand a call to another thread and back takes ten times as long as the call. To be
 * imported before what uses files. Whoever calls goes on in a turn of its own, as ever.
 */

const { fdatasyncSync, fsyncSync, readSync, rmdirSync } = fs;

type Done = (error: unknown, result?: unknown, buffer?: unknown) => void;

function inPlace(work: (...args: never[]) => unknown) {
    return (...args: unknown[]) => {
        const done = args.pop() as Done;
        let result: unknown;
        try {
            result = work(...(args as never[]));
        } catch (error) {
            setImmediate(done, error);
            return;
        }
        // Whoever reads is also handed the buffer that was read into.
        setImmediate(done, null, result, args[1]);
    };
}

const readSome = promisify(inPlace(readSync)) as (...args: unknown[]) => Promise<unknown>;

Object.assign(fs, {
    fdatasync: inPlace(fdatasyncSync),
    fsync: inPlace(fsyncSync),
    rmdir: inPlace(rmdirSync),
    read: Object.assign(inPlace(readSync), {
        [promisify.custom]: async (...args: unknown[]) => ({
            bytesRead: await readSome(...args),
            buffer: args[1],
        }),
    }),
});
