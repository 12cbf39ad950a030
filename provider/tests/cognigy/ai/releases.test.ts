import { statSync } from "node:fs";
import { join } from "node:path";
import { demoUser } from "cognigy-emulator";
import { PROJECT, useAiWorlds } from "../../support/ai-world.js";
import { reasonOf } from "../../support/harness.js";
import { platformData } from "../../support/platform-data.js";

const startWorld = useAiWorlds();

describe("a release to an endpoint of Cognigy.AI", () => {
    test("makes a snapshot of the draft and lets the endpoint lead to it", async () => {
        const { world, args, leadsTo, snapshots } = await startWorld();
        const result = await world.up(args());
        expect(result.outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.2");
        expect(await snapshots()).toEqual(["v1.4.1", "v1.4.2"]);
    });

    test("then has nothing to do", async () => {
        const { world, args } = await startWorld();
        await world.up(args());
        await world.control.clearRequests();
        expect((await world.up(args())).outcome).toBe("unchanged");
        expect(await world.calls(/^(POST|PATCH|DELETE)/)).toEqual([]);
    });

    test("compares the next version with what it released", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.up(args());
        await world.control.ai.patchNodes(`${PROJECT}/Booking`, {
            Book: { config: { text: "Where would you like to go?" } },
        });
        const result = await world.up(args({ versionTag: "v1.4.3" }));
        expect(result.outcome).toBe("done");
        expect(await leadsTo()).toBe("v1.4.3");
        expect(world.stack.outputs.changes).toEqual([expect.stringContaining("Where would you like to go?")]);
    });

    test("goes back to where the endpoint led to when the bot is not well", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        const result = await world.up(args());
        expect(reasonOf(result)).toContain("v1.4.1 is live again");
        expect(await leadsTo()).toBe("v1.4.1");
        expect(world.stack.outputs).toMatchObject({ status: "rolled_back", liveVersionTag: "v1.4.1" });
        expect(reasonOf(await world.up(args()))).toContain("rejected-content");
    });

    test("does not release what was rolled back because the list of snapshots was away", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
        await world.up(args());
        await world.control.addFault({
            match: { method: "GET", path: "/snapshots$" },
            times: 7,
            fault: { kind: "status", status: 503 },
        });
        expect(reasonOf(await world.stack.update(args()))).toContain("rejected-content");
        expect(await leadsTo()).toBe("v1.4.1");
    });

    test("sees an endpoint that somebody has switched", async () => {
        const { world, args } = await startWorld();
        await world.up(args());
        await world.control.ai.patchEndpoint(`${PROJECT}/Production`, { entrypoint: "v1.4.1" });
        await world.stack.refresh();
        expect(world.stack.outputs).toMatchObject({ versionTag: "v1.4.1", liveVersionTag: "v1.4.1" });
    });

    test("puts the endpoint back when it is destroyed", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.up(args());
        await world.stack.destroy();
        expect(await leadsTo()).toBe("v1.4.1");
    });

    test("promotes a version to another endpoint without another snapshot", async () => {
        const { world, args, leadsTo, snapshots } = await startWorld();
        await world.up(args({ targetEnvironment: "staging" }));
        const staged = world.stack.outputs.contentHash;
        world.stack.resource = undefined;
        await world.up(args());
        expect(world.stack.outputs.contentHash).toBe(staged);
        expect([await leadsTo("Staging"), await leadsTo()]).toEqual(["v1.4.2", "v1.4.2"]);
        expect(await snapshots()).toEqual(["v1.4.1", "v1.4.2"]);
    });

    test("keeps the file of the snapshot, whole, though the platform gives parts of it at first", async () => {
        const { world, args } = await startWorld();
        expect((await world.up(args({ artifact: { directory: "artifacts" } }))).outcome).toBe("done");
        const { artifact } = world.stack.outputs as { artifact: { path: string; bytes: number } };
        expect(artifact.path).toMatch(/^artifacts\/\w+_v1\.4\.2\.csnap$/);
        expect(statSync(join(world.folder, artifact.path)).size).toBe(artifact.bytes);
        const links = await world.calls(/downloadlink$/);
        expect(links.length).toBeGreaterThan(2);
    });

    test("tells what the platform has written down itself, where it may be read", async () => {
        const { world, args } = await startWorld();
        await world.up(args({ health: { intervalSeconds: 1, successesRequired: 2 } }));
        expect(world.events().at(-1)).toMatchObject({
            action: "deployment_execution",
            details: {
                platform_audit_event: expect.stringMatching(/^\w+$/),
                platform_audit_time: expect.any(String),
            },
        });
    });

    test.each([
        ["403", { status: 403 }],
        ["503", { status: 503 }],
    ])("does without it where the answer is %s", async (_what, { status }) => {
        const { world, args } = await startWorld();
        await world.control.addFault({
            match: { path: "/auditevents" },
            times: null,
            fault: { kind: "status", status },
        });
        expect((await world.up(args())).outcome).toBe("done");
        expect(world.events().at(-1)?.details).not.toHaveProperty("platform_audit_event");
    });

    test("may be made with the tokens of a client in place of a user's key", async () => {
        const oauthClients = [
            { clientId: "releases", clientSecret: "s3cret-of-releases", user: demoUser.email },
        ];
        const { world, args } = await startWorld({
            data: { ...platformData(), ai: { users: [{ ...demoUser, roles: ["admin"] }], oauthClients } },
            config: {
                "cognigy:apiKey": "",
                "cognigy:clientId": "releases",
                "cognigy:clientSecret": "s3cret-of-releases",
            },
        });
        expect((await world.up(args())).outcome).toBe("done");
        // One for the process of the preview, and one for that of the update.
        expect(await world.calls(/oauth2/)).toHaveLength(2);
        expect(world.everythingWritten()).not.toContain("s3cret-of-releases");
    });

    test("tells whose key is refused", async () => {
        const { world, args } = await startWorld({ config: { "cognigy:apiKey": "nobody's-key" } });
        const reason = reasonOf(await world.up(args()));
        expect(reason).toContain("refuses the API key. Check cognigy:apiKey");
        expect(reason).not.toContain("nobody's-key");
        expect(reason).toMatch(/code 401, trace [\w-]+/);
    });

    test.each([
        ["waits for that", undefined, "failed"],
        ["would hear the version before if it did not", "0", "done"],
    ])("is proved when conversations follow the switch: it %s", async (_what, seconds, outcome) => {
        const config = seconds === undefined ? {} : { "cognigy:propagationSeconds": seconds };
        const { world, args } = await startWorld({ config });
        await world.control.ai.variants({ propagationMs: 10_000 });
        await world.control.ai.patchNodes(`${PROJECT}/Booking`, { Book: { config: { text: "" } } });
        const health = { utterances: [{ input: "book a flight", expected: "Where to" }] };
        expect((await world.up(args({ health }))).outcome).toBe(outcome);
    });
});
