import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { withLock } from "../lib/lock.mjs";
import { startModule, useFolder, useSaid, write } from "./support.mjs";

const folder = useFolder();
const said = useSaid();

const ours = { pid: process.pid, host: hostname(), started: null, doing: "resting", token: "t" };
const onLinux = process.platform === "linux" ? test : test.skip;

/** A process that takes the lock, and notes in a journal when it has it and when it is about to give it back. */
function startContender(file, journal) {
    return startModule(`
        import { appendFileSync } from "node:fs";
        import { withLock } from "./scripts/lib/lock.mjs";
        await withLock(${JSON.stringify(file)}, "contending", async () => {
            appendFileSync(${JSON.stringify(journal)}, "in " + process.pid + "\\n");
            await new Promise((resolve) => setTimeout(resolve, 20));
            appendFileSync(${JSON.stringify(journal)}, "out " + process.pid + "\\n");
        });`);
}

function deadPid() {
    return spawnSync(process.execPath, ["--version"]).pid;
}

test.each(["a free lock", "the lock of a dead process"])("processes take turns over %s", async (what) => {
    const file = folder("a.lock");
    if (what !== "a free lock") {
        write(file, { ...ours, pid: deadPid() });
    }
    const contenders = Array.from({ length: 5 }, () => startContender(file, folder("journal")));
    const ends = await Promise.all(contenders.map(({ ended }) => ended));

    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    const lines = readFileSync(folder("journal"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(10);
    for (let turn = 0; turn < lines.length; turn += 2) {
        expect(lines[turn].replace("in ", "out ")).toBe(lines[turn + 1]);
    }
    expect(readdirSync(folder())).toEqual(["journal"]);
});

test("a live lock is waited for, and the one who waits says for whom", async () => {
    const file = folder("a.lock");
    let contender;
    await withLock(file, "installing the dependencies", async () => {
        contender = startContender(file, folder("journal"));
        await contender.says(
            new RegExp(`waiting for process ${process.pid}, which is installing the dependencies`),
        );
        expect(existsSync(folder("journal"))).toBe(false);
    });
    expect((await contender.ended).code).toBe(0);
    expect(existsSync(folder("journal"))).toBe(true);
});

test("the lock is free again when the task has failed", async () => {
    const file = folder("a.lock");
    await expect(
        withLock(file, "failing", () => {
            throw new Error("boom");
        }),
    ).rejects.toThrow("boom");
    expect(existsSync(file)).toBe(false);
});

test("the lock of a dead process is taken over without a word", async () => {
    write(folder("a.lock"), { ...ours, pid: deadPid() });
    expect(await withLock(folder("a.lock"), "going on", () => "done")).toBe("done");
    expect(said()).toBe("");
});

test("who comes late to a dead lock leaves the lock of whoever was faster", async () => {
    const file = folder("a.lock");
    write(file, { ...ours, pid: deadPid(), token: "dead" });
    let contender;
    await withLock(`${file}.dead.gone`, "removing a dead lock", async () => {
        contender = startContender(file, folder("journal"));
        await contender.says(/which is removing a dead lock/);
        write(file, { ...ours, doing: "being faster", token: "faster" });
    });
    await contender.says(/which is being faster/);
    expect(existsSync(file)).toBe(true);
    rmSync(file);
    expect((await contender.ended).code).toBe(0);
});

test("an empty lock, as a power cut leaves it, is taken over", async () => {
    write(folder("a.lock"), "");
    expect(await withLock(folder("a.lock"), "going on", () => "done")).toBe("done");
});

test("the lock of another machine is never taken away", async () => {
    const file = folder("a.lock");
    write(file, { ...ours, host: "elsewhere", pid: deadPid() });
    const contender = startContender(file, folder("journal"));
    await contender.says(
        /waiting for process \d+ on elsewhere \(should that machine be gone, remove .*a\.lock\)/,
    );
    rmSync(file);
    expect((await contender.ended).code).toBe(0);
});

onLinux("a process that merely has the dead owner's id does not hold its lock", async () => {
    write(folder("a.lock"), { ...ours, started: "1" });
    expect(await withLock(folder("a.lock"), "going on", () => "done")).toBe("done");
});

onLinux("a zombie holds no lock", async () => {
    // `exec` leaves the ended child with a parent that never asks for it.
    const parent = spawn("sh", ["-c", "(exit 0) & echo $!; exec sleep 60"]);
    try {
        const pid = await new Promise((resolve) =>
            parent.stdout.once("data", (text) => resolve(Number(text))),
        );
        write(folder("a.lock"), { ...ours, pid });
        expect(await withLock(folder("a.lock"), "going on", () => "done")).toBe("done");
    } finally {
        parent.kill();
    }
});
