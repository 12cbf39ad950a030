import { useWorlds } from "../support/harness.js";
import { eventsIn, openForTest } from "../support/ledger.js";
import { releaseArgs } from "../support/platform-data.js";
import { PostgresServer } from "../support/postgres-server.js";

const startWorld = useWorlds();
let server: PostgresServer;
beforeAll(async () => {
    server = await PostgresServer.start();
}, 60_000);
afterAll(() => server.stop());

describe("releases of several machines with one ledger in PostgreSQL", () => {
    test("know of each other what they would know of themselves, and stop when it is gone", async () => {
        const ledger = server.url();
        const one = await startWorld({ ledger });
        expect(await one.up(releaseArgs())).toMatchObject({ outcome: "done" });
        const [, , intent, bake, outcome] = await eventsIn(openForTest(ledger));
        expect([intent, bake, outcome].map((event) => `${event?.action} ${event?.status}`)).toEqual([
            "deployment_intent started",
            "health_check passed",
            "deployment_execution completed",
        ]);
        // The same content elsewhere: the ledger tells where it has stood.
        const other = await startWorld({ ledger });
        await other.up(releaseArgs({ targetEnvironment: "staging" }));
        expect(other.stack.inputs.context).toMatchObject({
            proven: [{ environment: "production", since: outcome?.timestamp }],
        });
        const deployed = await other.mutations();
        await server.stop();
        other.edit();
        const refused = await other.up(releaseArgs({ versionTag: "v1.4.3" }));
        expect(refused).toMatchObject({
            reasons: [expect.stringContaining("cannot be read (connect ECONNREFUSED")],
        });
        expect(await other.mutations()).toEqual(deployed);
    });
});
