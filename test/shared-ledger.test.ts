import { join } from "node:path";
import { PostgresServer } from "../provider/tests/support/postgres-server.js";
import { run } from "../scripts/lib/run.mjs";
import { BOOKING, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const COMMAND = join(__dirname, "..", "provider", "bin", "cognigy-release.js");
const PASSWORD = "hunter-2/secret";

test("a ledger in PostgreSQL is set as a secret, and its password is seen nowhere", async () => {
    const [server, releases] = await Promise.all([PostgresServer.start(PASSWORD), ReleaseStack.start()]);
    try {
        await releases.stack.pulumi(["config", "set", "--secret", "cognigy:ledger", server.url()]);
        releases.declare({ booking: BOOKING });
        const live = await releases.up("--skip-preview");
        expect(live.text).toContain("+ 2 created");
        const state = await releases.state();
        const verified = await verify(releases);
        expect(verified.text).toMatch(/^good: \d+ events, one unbroken chain/);
        expect(verified.code).toBe(0);
        await server.stop();
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.4.3" } });
        const refused = await releases.preview();
        expect(refused.code).not.toBe(0);
        expect(refused.text.replace(/\s+/g, " ")).toContain(
            `the ledger postgres://postgres@127.0.0.1:${server.port}/postgres cannot be read`,
        );
        for (const text of [live.text, state, verified.text, refused.text]) {
            expect(text).not.toContain(PASSWORD);
            expect(text).not.toContain(encodeURIComponent(PASSWORD));
        }
    } finally {
        await server.stop();
        await releases.stop();
    }
});

/** Verifies the ledger of the stack, as its user does. */
async function verify({ stack }: ReleaseStack): Promise<{ code: number; text: string }> {
    const { code, stdout, stderr } = await run(
        process.execPath,
        [COMMAND, "audit", "verify", "--stack", "demo"],
        { cwd: stack.project, env: stack.env, output: "capture" },
    );
    return { code, text: `${stdout}${stderr}` };
}
