import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { say } from "./say.mjs";

const POLL_MILLISECONDS = 100;

/** A process that has ended and whose parent has not noticed: it has an id still, but holds no lock. */
const ZOMBIE = "zombie";

/**
 * @typedef {object} Owner
 * @property {number} pid
 * @property {string} host
 * @property {string | null} started When the process started, where the system tells: process ids are used again.
 * @property {string} doing
 * @property {string} token Names this one hold of the lock.
 */

/**
 * Runs `task` while this process alone holds the lock `file`. Waits for as long as the owner lives; a lock whose owner
 * has died on this machine is taken over.
 *
 * @template T
 * @param {string} file
 * @param {string} doing What the task does, for those who wait: "installing the dependencies".
 * @param {() => T | Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(file, doing, task) {
    await acquire(file, doing);
    try {
        return await task();
    } finally {
        rmSync(file, { force: true });
    }
}

async function acquire(file, doing) {
    mkdirSync(dirname(file), { recursive: true });
    const mine = {
        pid: process.pid,
        host: hostname(),
        started: startOf(process.pid),
        doing,
        token: randomUUID(),
    };
    let waitingFor;
    while (!create(file, mine)) {
        const owner = read(file);
        if (owner === undefined) {
            continue;
        }
        if (isGone(owner)) {
            await takeAway(file, owner);
            continue;
        }
        if (waitingFor !== owner.token) {
            waitingFor = owner.token;
            say(waitingLine(file, owner));
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
}

/** Creates the lock with its content in one step: a link fails when the name is taken, and nobody reads half an owner. */
function create(file, owner) {
    const draft = `${file}.${owner.token}`;
    writeFileSync(draft, JSON.stringify(owner), { flag: "wx" });
    try {
        linkSync(draft, file);
        return true;
    } catch (error) {
        if (error.code === "EEXIST") {
            return false;
        }
        throw error;
    } finally {
        rmSync(draft, { force: true });
    }
}

/** @returns {Owner | undefined} nothing when the lock was released meanwhile */
function read(file) {
    let text;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        if (error.code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
    try {
        return JSON.parse(text);
    } catch {
        // A power cut can leave an empty file: locks are created whole, so nobody is holding this one.
        return { pid: 0, host: hostname(), started: null, doing: "", token: "unreadable" };
    }
}

/**
 * Removes the lock of a dead owner. Several may find it dead at the same moment, and a slow one must not remove the
 * lock of whoever was faster: so removing this owner's lock is itself done under a lock, named after that owner.
 */
function takeAway(file, owner) {
    return withLock(`${file}.${owner.token}.gone`, "removing a dead lock", () => {
        if (read(file)?.token === owner.token) {
            rmSync(file);
        }
    });
}

function isGone(owner) {
    if (owner.host !== hostname()) {
        return false;
    }
    if (!isAlive(owner.pid)) {
        return true;
    }
    const started = startOf(owner.pid);
    return started === ZOMBIE || (started !== null && owner.started !== null && started !== owner.started);
}

function isAlive(pid) {
    if (pid === 0) {
        return false;
    }
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return error.code !== "ESRCH";
    }
}

/** @returns {string | null} nothing where the system does not tell */
function startOf(pid) {
    try {
        // The command name, the second field, is in parentheses and may hold anything.
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
            .replace(/^.*\) /s, "")
            .split(" ");
        return fields[0] === "Z" ? ZOMBIE : fields[19];
    } catch {
        return null;
    }
}

function waitingLine(file, { pid, host, doing }) {
    const elsewhere = host === hostname() ? "" : ` on ${host} (should that machine be gone, remove ${file})`;
    return `waiting for process ${pid}${elsewhere}, which is ${doing}`;
}
