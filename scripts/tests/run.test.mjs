import { existsSync, readFileSync } from "node:fs";
import { runWhileGrowing } from "../lib/engine/run-while-growing.mjs";
import { run } from "../lib/run.mjs";
import { startModule, useFolder } from "./support.mjs";

const folder = useFolder();

function isRunning(pid) {
    try {
        process.kill(pid, 0);
        // A process without a parent that asks for it stays as a zombie.
        return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
        return false;
    }
}

async function until(condition) {
    while (!condition()) {
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

test("tells how a command ended and what it printed", async () => {
    expect(await run("sh", ["-c", "echo out; echo err >&2"])).toEqual({
        ok: true,
        code: 0,
        stdout: "out\n",
        stderr: "err\n",
    });
    expect(await run("sh", ["-c", "exit 7"])).toMatchObject({ ok: false, code: 7 });
    expect(await run("sh", ["-c", "kill -TERM $$"])).toMatchObject({ ok: false, code: 143 });
    expect(await run("/no/such/program", [])).toMatchObject({ ok: false, code: 127, stderr: /ENOENT/ });
});

test("a signal is passed on to the command, and then the lock is given back", async () => {
    const lock = folder("a.lock");
    const { child, ended } = startModule(`
        import { withLock } from "./scripts/lib/lock.mjs";
        import { main } from "./scripts/lib/main.mjs";
        import { run } from "./scripts/lib/run.mjs";
        main(() => withLock(${JSON.stringify(lock)}, "sleeping", () =>
            run("sh", ["-c", "sleep 60 & echo $! > ${folder("pid")}; wait"])));`);
    await until(() => existsSync(folder("pid")) && readFileSync(folder("pid"), "utf8").endsWith("\n"));
    const grandchild = Number(readFileSync(folder("pid"), "utf8"));
    expect(isRunning(grandchild)).toBe(true);

    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 143, stderr: "stopped by SIGTERM\n" });
    expect(isRunning(grandchild)).toBe(false);
    expect(existsSync(lock)).toBe(false);
});

test("a download that stands still is ended with all that it has started", async () => {
    const script = `sleep 60 & echo $! > ${folder("pid")}; wait`;
    const outcome = await runWhileGrowing("sh", ["-c", script], {
        folder: folder(),
        patience: 60,
        env: process.env,
    });
    expect(outcome).toMatchObject({ ok: false, stalled: true });
    await until(() => !isRunning(Number(readFileSync(folder("pid"), "utf8"))));
});

test("a download that goes on is left alone", async () => {
    const script = `for part in 1 2 3 4 5 6 7 8; do echo $part >> ${folder("part")}; sleep 0.06; done`;
    const outcome = await runWhileGrowing("sh", ["-c", script], {
        folder: folder(),
        patience: 300,
        env: process.env,
    });
    expect(outcome).toMatchObject({ ok: true, stalled: false });
});
