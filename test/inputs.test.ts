import { BOOKING, type Declared, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

/** A release with everything wrong that a user may write by mistake. */
const MISTAKEN: Declared = {
    ...BOOKING,
    botId: undefined,
    versionTag: "latest",
    simulation: { testCases: [] },
    deployment: { strategy: "big_bang", stratgy: "canary" },
    health: { intervalSeconds: -5 },
    connection: "cognigy eu",
};

const EXPLAINED = [
    "`botId`: expected the bot's id, a text that is not empty.",
    '`versionTag`: expected a semantic version such as "1.4.2" or "v1.4.2".',
    "`simulation.testCases`: expected at least one test case; to release without a simulation, leave `simulation` out.",
    '`deployment.strategy`: expected one of "rolling", "blue_green", "canary", "all_at_once".',
    '`deployment`: has no property "stratgy"; expected strategy, timeoutSeconds, rollbackOnFailure, onConflict, retryRejected, downgrade, breakGlass.',
    "`health.intervalSeconds`: expected a number of seconds from 0.01 to 86400.",
    '`connection`: expected the name of a config namespace, such as "cognigy".',
];

describe("wrong input, through the engine", () => {
    let releases: ReleaseStack;
    beforeAll(async () => {
        releases = await ReleaseStack.start();
    });
    afterAll(() => releases.stop());

    it("is a failure in preview that names each property and what is expected of it", async () => {
        releases.declare({ mistaken: MISTAKEN });
        const { code, text } = await releases.preview();
        for (const explanation of EXPLAINED) {
            expect(text).toContain(`resource 'mistaken' has a problem: ${explanation}`);
        }
        expect(text).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
        expect(code).not.toBe(0);
    });

    it("names the settings of a tenant that has none", async () => {
        releases.declare({ booking: { ...BOOKING, connection: "cognigy-eu" } });
        const { code, text } = await releases.preview();
        expect(text).toContain(
            '`cognigy-eu:clientId`: expected the client\'s id for the connection "cognigy-eu": run ' +
                "`pulumi config set cognigy-eu:clientId <id>` or set COGNIGY_EU_CLIENT_ID.",
        );
        expect(code).not.toBe(0);
    });

    it("names the settings when there are no credentials, and the base URL when it is none", async () => {
        releases.declare({ booking: BOOKING });
        const {
            COGNIGY_BASE_URL: url,
            COGNIGY_CLIENT_ID: id,
            COGNIGY_CLIENT_SECRET: secret,
        } = releases.stack.env;
        Object.assign(releases.stack.env, {
            COGNIGY_CLIENT_ID: "",
            COGNIGY_CLIENT_SECRET: "",
            COGNIGY_BASE_URL: "api",
        });
        const { code, text } = await releases.preview();
        Object.assign(releases.stack.env, {
            COGNIGY_CLIENT_ID: id,
            COGNIGY_CLIENT_SECRET: secret,
            COGNIGY_BASE_URL: url,
        });
        expect(text).toContain("`COGNIGY_BASE_URL`: expected the platform's address, such as");
        expect(text).toContain("`cognigy:clientId`: expected the client's id");
        expect(text).toContain("`cognigy:clientSecret`: expected the client's secret");
        expect(code).not.toBe(0);
    });

    it("takes credentials from the stack's config, which wins over the environment, and shows none of them", async () => {
        releases.declare({ booking: BOOKING });
        await releases.stack.pulumi([
            "config",
            "set",
            "--secret",
            "cognigy:clientSecret",
            "not-the-right-one",
        ]);
        const { code, text } = await releases.preview();
        await releases.stack.pulumi(["config", "rm", "cognigy:clientSecret"]);
        expect(text).not.toContain("in clear text");
        expect(text).toContain(
            `${releases.emulator.url} (COGNIGY_BASE_URL) refuses the credentials for the audience "https://api.cognigy.com" ` +
                "(COGNIGY_AUDIENCE). Check COGNIGY_CLIENT_ID and cognigy:clientSecret, and that",
        );
        expect(text).not.toContain("not-the-right-one");
        expect(code).not.toBe(0);
    });

    it("warns of a client's secret that is in the config without being a secret", async () => {
        releases.declare({ booking: BOOKING });
        const secret = String(releases.stack.env.COGNIGY_CLIENT_SECRET);
        await releases.stack.pulumi(["config", "set", "--plaintext", "cognigy:clientSecret", secret]);
        const { code, text } = await releases.preview();
        await releases.stack.pulumi(["config", "rm", "cognigy:clientSecret"]);
        expect(text).toContain("cognigy:clientSecret is in the stack's config and state in clear text");
        expect(text).not.toContain(secret);
        expect(code).toBe(0);
    });
});
