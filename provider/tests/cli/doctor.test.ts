import { demoClient, demoUser, type Emulator, startEmulator } from "cognigy-emulator";
import { bundledCommand } from "../support/command.js";
import { type Ended, runCommand } from "../support/run-command.js";
import { removeTemporaryFolders } from "../support/temporary-folder.js";

jest.setTimeout(60_000);

describe("cognigy-release doctor", () => {
    let command: string;
    let emulator: Emulator;
    /** What is said where nobody answers: it is tried again, and meanwhile the other tests run. */
    let unanswered: Promise<Ended>;
    beforeAll(async () => {
        ({ command } = bundledCommand());
        emulator = await startEmulator();
        unanswered = run([], { COGNIGY_BASE_URL: "http://127.0.0.1:9" });
    });
    afterAll(async () => {
        await emulator.close();
        removeTemporaryFolders();
    });
    afterEach(() => emulator.control.reset());

    function run(args: readonly string[], settings: Record<string, string> = {}): Promise<Ended> {
        return runCommand(command, ["doctor", ...args], {
            COGNIGY_API: "cognigy-ai",
            COGNIGY_BASE_URL: emulator.url,
            COGNIGY_ENDPOINT_BASE_URL: emulator.endpointUrl,
            COGNIGY_API_KEY: demoUser.apiKey,
            ...settings,
        });
    }

    it("tells a line for each thing that it looked at, with its verdict, and ends with 0", async () => {
        const { code, stdout, stderr } = await run([]);
        expect(stdout).toContain(
            `${emulator.url}, the Cognigy.AI API\n\ntenant\n  ok             the API key`,
        );
        expect(stdout).toContain('\nproject "Travel assistant" (botId "8eba69c30e3a4d68848bd906")\n');
        expect(stdout).toMatch(/\n\n\d+ ok, 0 warning, 0 will not work, \d+ not known\n$/);
        expect(stderr).toBe("");
        expect(code).toBe(0);
        expect(stdout + stderr).not.toContain(demoUser.apiKey);
    });

    it("ends with 1 when something will not work, and says what to do", async () => {
        await emulator.control.ai.setSentences("Booking", "book_flight", ["fly me away"]);
        const { code, stdout } = await run([]);
        expect(stdout).toMatch(/\n {2}will not work {2}flow "Booking": .* Build the model in the editor/);
        expect(code).toBe(1);
    });

    it("tells JSON, too", async () => {
        const { code, stdout } = await run(["--json"]);
        expect(JSON.parse(stdout)).toMatchObject({
            api: "cognigy-ai",
            address: emulator.url,
            summary: { "will not work": 0, warning: 0 },
            findings: expect.arrayContaining([
                expect.objectContaining({
                    check: "flow",
                    verdict: "ok",
                    subject: expect.objectContaining({ kind: "flow", name: "Booking" }),
                }),
            ]),
        });
        expect(code).toBe(0);
    });

    it("looks at a tenant that speaks the bots API", async () => {
        const settings = {
            COGNIGY_API: "bots",
            COGNIGY_CLIENT_ID: demoClient.clientId,
            COGNIGY_CLIENT_SECRET: demoClient.clientSecret,
            COGNIGY_AUDIENCE: demoClient.audience,
        };
        const { code, stdout } = await run(["--bot", "bot_12345"], settings);
        expect(stdout).toContain("the bots API");
        expect(stdout).toContain("\nbot bot_12345\n  ok             the bot is healthy\n");
        expect(code).toBe(0);
    });

    it("ends with 2 when it is called with what it does not know", async () => {
        expect((await run(["--frobnicate"])).code).toBe(2);
    });

    it("names a setting that is missing", async () => {
        const { code, stderr } = await run([], { COGNIGY_API_KEY: "" });
        expect(stderr).toContain("expected the API key");
        expect(code).toBe(1);
    });

    it("ends with 3 when nobody answers", async () => {
        const { code, stderr } = await unanswered;
        expect(stderr).toContain("got no whole answer from http://127.0.0.1:9 (COGNIGY_BASE_URL)");
        expect(code).toBe(3);
    });
});
