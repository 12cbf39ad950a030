import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BOOKING, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "..");

describe("the package as users install it", () => {
    let folder: string;
    let packed: string;
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-packed-"));
        execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
            cwd: join(ROOT, "provider"),
        });
        const [archive] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
        execFileSync("tar", ["-xzf", String(archive)], { cwd: folder });
        packed = join(folder, "package");
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it("goes live, moves on and goes away when npm has put it into node_modules", async () => {
        const modules = join(folder, "npm", "node_modules");
        cpSync(packed, join(modules, "pulumi-cognigy"), { recursive: true });
        linkPulumi(modules);
        await liveAndGone(modules);
    });

    it("has its driver for PostgreSQL with it, and loads it when a ledger is there, not before", () => {
        const load = `require(${JSON.stringify(join(packed, "dist", "provider.js"))}); console.log(Object.keys(require.cache).join("\\n"))`;
        const loaded = execFileSync(process.execPath, ["-e", load], {
            cwd: ROOT,
            env: { ...process.env, NODE_PATH: join(ROOT, "node_modules") },
            encoding: "utf8",
        });
        expect(loaded).toContain(join("dist", "provider.js"));
        expect(loaded).not.toContain(join("dist", "pg.js"));
        const command = join(packed, "bin", "cognigy-release.js");
        const args = ["audit", "verify", "--ledger", "postgres://runner@127.0.0.1:1/audit"];
        const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
        expect({ status, stderr }).toEqual({
            status: 3,
            stderr: expect.stringContaining("cannot be read (connect ECONNREFUSED 127.0.0.1:1)"),
        });
    });

    it("goes live, moves on and goes away from pnpm's store of links", async () => {
        const modules = join(folder, "pnpm", "node_modules");
        const store = join(modules, ".pnpm", "pulumi-cognigy@0.1.0", "node_modules");
        cpSync(packed, join(store, "pulumi-cognigy"), { recursive: true });
        linkPulumi(store);
        linkPulumi(modules);
        symlinkSync(join(store, "pulumi-cognigy"), join(modules, "pulumi-cognigy"));
        await liveAndGone(modules);
    });
});

function linkPulumi(modules: string): void {
    mkdirSync(join(modules, "@pulumi"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", "@pulumi", "pulumi"), join(modules, "@pulumi", "pulumi"));
}

async function liveAndGone(modules: string): Promise<void> {
    const releases = await ReleaseStack.start({ modules });
    try {
        releases.declare({ booking: BOOKING });
        expect((await releases.up("--skip-preview")).text).toContain("+ 2 created");
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.4.3" } });
        expect((await releases.up("--skip-preview")).text).toContain("~ 1 updated");
        expect((await releases.resource("booking")).outputs).toMatchObject({
            __provider: 'exports.handler=()=>require("pulumi-cognigy/provider").provider;',
            liveVersionTag: "v1.4.3",
        });
        expect((await releases.refresh()).text).toContain("2 unchanged");
        expect((await releases.destroy()).text).toContain("- 2 deleted");
        expect(await releases.live()).toBe("v1.4.2");
    } finally {
        await releases.stop();
    }
}
