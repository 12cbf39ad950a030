import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoClient, type Emulator, startEmulator } from "cognigy-emulator";
import { bundledCommand } from "../support/command.js";
import { type Ended, runCommand } from "../support/run-command.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

jest.setTimeout(60_000);

const RELEASE = {
    botId: "bot_12345",
    flowId: "flow_67890",
    simulation: {
        testCases: [
            { input: "book a flight", expectedIntent: "book_flight" },
            { input: "cancel reservation", expectedIntent: "cancel_reservation" },
        ],
    },
};
const FLOW = ["--bot", "bot_12345", "--flow", "flow_67890"];

describe("the gates without Pulumi", () => {
    const cache = temporaryFolder();
    let command: string;
    let emulator: Emulator;
    beforeAll(async () => {
        ({ command } = bundledCommand());
        emulator = await startEmulator();
    });
    afterAll(async () => {
        await emulator.close();
        removeTemporaryFolders();
    });
    afterEach(() => emulator.control.reset());

    /** Runs the command, which asks the emulator of this very process. */
    function run(...args: string[]): Promise<Ended> {
        return runCommand(command, args, {
            COGNIGY_BASE_URL: emulator.url,
            COGNIGY_CLIENT_ID: demoClient.clientId,
            COGNIGY_CLIENT_SECRET: demoClient.clientSecret,
            COGNIGY_AUDIENCE: demoClient.audience,
            XDG_CACHE_HOME: cache,
        });
    }

    function releaseFile(release: object = RELEASE): string {
        const file = join(temporaryFolder(), "booking.json");
        writeFileSync(file, JSON.stringify(release));
        return file;
    }

    it("say that all dependencies can be used, and change nothing", async () => {
        expect(await run("validate", ...FLOW)).toEqual({
            code: 0,
            stdout: expect.stringMatching(/^all \d+ dependencies can be used\n$/),
            stderr: "",
        });
        const requests = await emulator.control.requests();
        expect(requests.filter(({ method, path }) => method === "POST" && path !== "/oauth/token")).toEqual(
            [],
        );
    });

    it("name a dependency that is missing, and end with 1", async () => {
        await emulator.control.setResource("bot_12345", "intent", "cancel_reservation", "missing");
        const { code, stdout } = await run("validate", ...FLOW);
        expect(stdout).toContain('  - intent "cancel_reservation" is missing (used at ');
        expect(code).toBe(1);
        const json = await run("validate", "--release", releaseFile(), "--json");
        expect(JSON.parse(json.stdout)).toMatchObject({
            valid: false,
            missing_resources: expect.arrayContaining([
                expect.objectContaining({ id: "cancel_reservation" }),
            ]),
        });
        expect(json.code).toBe(1);
    });

    it("play the conversations of a release's file, and of options", async () => {
        expect(await run("simulate", "--release", releaseFile())).toEqual({
            code: 0,
            stdout:
                '✓ "book a flight" reaches book_flight\n✓ "cancel reservation" reaches cancel_reservation\n' +
                "2 of 2 conversations passed\n",
            stderr: "",
        });
        const { code, stdout } = await run("simulate", ...FLOW, "--case", "book a flight=cancel_reservation");
        expect(stdout).toContain(
            '✗ "book a flight" should reach cancel_reservation, and reached book_flight',
        );
        expect(stdout).toContain("1 of 1 simulated conversations failed (all must pass)");
        expect(code).toBe(1);
    });

    it("tell the results of a simulation as JSON", async () => {
        const { code, stdout } = await run("simulate", "--release", releaseFile(), "--json");
        expect(JSON.parse(stdout)).toMatchObject({
            passed: 2,
            total: 2,
            passRate: 1,
            steps: [{ status: "passed" }, {}],
        });
        expect(code).toBe(0);
    });

    it("tell what of a bot is live where", async () => {
        const { code, stdout } = await run("status", "--bot", "bot_12345");
        expect(stdout).toContain("bot_12345 is healthy");
        expect(stdout).toMatch(/flow_67890 +│ production +│ v1\.4\.1/);
        expect(code).toBe(0);
        const json = JSON.parse((await run("status", "--bot", "bot_12345", "--json")).stdout) as {
            live: object[];
        };
        expect(json).toMatchObject({ botId: "bot_12345", healthy: true, inProgress: [] });
        expect(json.live).toContainEqual(
            expect.objectContaining({ targetEnvironment: "production", versionTag: "v1.4.1", edited: true }),
        );
    });

    it("tell what would change in the conversation, in each format", async () => {
        const text = await run("diff", ...FLOW);
        expect(text.stdout).toContain("flow_67890: v1.4.1 → as it is edited now");
        expect(text.stdout).toContain("“Goodbye”");
        expect(text.code).toBe(0);
        expect((await run("diff", ...FLOW, "--format", "markdown")).stdout).toMatch(/^### flow/);
        expect((await run("diff", ...FLOW, "--format", "html")).stdout).toMatch(
            /^<section class="flow-diff">/,
        );
        expect(JSON.parse((await run("diff", ...FLOW, "--json")).stdout)).toMatchObject({
            risk: "destructive",
            changes: expect.arrayContaining([expect.objectContaining({ kind: "removed" })]),
        });
    });

    it("tell what other flows use too, of every flow by its name", async () => {
        const { control } = emulator;
        const flow = await control.getFlow("bot_12345", "flow_67890");
        for (const id of ["flow_a", "flow_b", "flow_c"]) {
            await control.putFlow("bot_12345", id, { ...flow, id, name: `Name of ${id}` } as never);
            await control.addDependencies("bot_12345", id, [
                {
                    resourceType: "external_api",
                    resourceId: "gds_search",
                    referencePath: "nodes/n28/config/api",
                },
            ]);
            await control.deployByHand("bot_12345", {
                ...{ flowId: id, versionTag: "v9.0.0", targetEnvironment: "production" },
            });
        }
        const edit = { config: { timeoutMs: 1 } };
        const [call] = flow.nodes.filter(({ type }) => type === "httpRequest");
        await control.patchFlow("bot_12345", "flow_67890", { nodes: { [String(call?.id)]: edit } });
        expect((await run("diff", ...FLOW)).stdout).toMatch(
            /^shared: external API “gds_search” is also used by “Name of flow_a”, “Name of flow_b” and “Name of flow_c”$/m,
        );
        const json = JSON.parse((await run("diff", ...FLOW, "--json")).stdout);
        expect(json.shared.resources[0].flows[2]).toEqual({ flowId: "flow_c", name: "Name of flow_c" });
    });

    it("list what could be taken over, as a program and as JSON", async () => {
        const program = await run("adopt", "--bot", "bot_12345");
        expect(program.stdout).toContain('versionTag: "v1.4.1"');
        const json = JSON.parse((await run("adopt", "--bot", "bot_12345", "--json")).stdout) as object[];
        expect(json).toContainEqual(expect.objectContaining({ versionTag: "v1.4.1" }));
    });

    it("refuse to compare with what is not there", async () => {
        const nowhere = await run("diff", ...FLOW, "--environment", "moon");
        expect(nowhere.stderr).toContain("nothing of flow flow_67890 is live in moon");
        expect(nowhere.code).toBe(1);
        const unknown = await run("diff", ...FLOW, "--from", "v0.0.1");
        expect(unknown.stderr).toContain("the content of v0.0.1 of flow flow_67890 is not shown");
    });

    it.each([
        ["no release at all", ["validate"], "`botId`: expected the bot's id"],
        ["no conversation", ["simulate", ...FLOW], "there is nothing to play"],
        [
            "a conversation without intent",
            ["simulate", ...FLOW, "--case", "hello"],
            "--case is expected to be",
        ],
        [
            "a file that is not there",
            ["validate", "--release", "nowhere.json"],
            "nowhere.json cannot be read (ENOENT)",
        ],
        ["an option that does not exist", ["validate", "--frobnicate"], "unknown option"],
    ])("end with 2 when they are called with %s", async (_what, args, message) => {
        const { code, stderr } = await run(...args);
        expect(stderr).toContain(message);
        expect(stderr).not.toContain("    at ");
        expect(code).toBe(2);
    });

    it("end with 3 when the platform refuses", async () => {
        await emulator.control.addFault({
            match: { path: "/dependencies" },
            times: null,
            fault: { kind: "status", status: 403 },
        });
        const { code, stderr } = await run("validate", ...FLOW);
        expect(stderr).toContain("bot:manage");
        expect(code).toBe(3);
    });

    it("say what is wrong when the config of a stack cannot be read", async () => {
        const { code, stderr } = await run("status", "--bot", "b", "--stack", "none");
        expect(stderr).toContain("the config of the stack none cannot be read with `pulumi config`");
        expect(code).toBe(2);
    });
});
