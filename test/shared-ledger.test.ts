import { PostgresServer } from "../provider/tests/support/postgres-server.js";
import { BOOKING, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const PASSWORD = "hunter-2/secret";

test("a ledger in PostgreSQL is set as a secret, and its password is seen nowhere", async () => {
    const [server, releases] = await Promise.all([PostgresServer.start(PASSWORD), ReleaseStack.start()]);
    try {
        await releases.stack.pulumi(["config", "set", "--secret", "cognigy:ledger", server.url()]);
        releases.declare({ booking: BOOKING });
        const live = await releases.up("--skip-preview");
        expect(live.text).toContain("+ 2 created");
        const state = await releases.state();
        await server.stop();
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.4.3" } });
        const refused = await releases.preview();
        expect(refused.code).not.toBe(0);
        expect(refused.text.replace(/\s+/g, " ")).toContain(
            `the ledger postgres://postgres@127.0.0.1:${server.port}/postgres cannot be read`,
        );
        for (const text of [live.text, state, refused.text]) {
            expect(text).not.toContain(PASSWORD);
            expect(text).not.toContain(encodeURIComponent(PASSWORD));
        }
    } finally {
        await server.stop();
        await releases.stop();
    }
});
