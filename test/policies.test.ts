import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BOOKING, type Printed, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const ROOT = join(__dirname, "..");
const PACK = ["--policy-pack", join(ROOT, "policy-pack")];
const NAME = "of flow flow_67890 (bot bot_12345) to production";

/** A freeze that holds whenever the tests run. */
const ALWAYS = { name: "always", from: "2020-01-01T00:00", to: "2120-01-01T00:00" };

/** A release that passes `check`, and violates all rules of one release that say something of their own. */
const BAD = {
    ...BOOKING,
    versionTag: "v1.4.1-rc.1",
    changelog: "TODO: say what changed.",
    createdBy: "password: hunter2hunter2",
    dependencies: { validate: false },
    simulation: { testCases: BOOKING.simulation.testCases.slice(0, 1) },
    deployment: { strategy: "all_at_once", rollbackOnFailure: false, retryRejected: true },
    health: { intervalSeconds: 0.5 },
};

/** What the rules say of it, with a calendar and an order of promotion. */
const REFUSALS = {
    "allowed-strategies": "the strategy is all_at_once; expected rolling, blue_green, canary for production.",
    "changelog-required": 'the changelog says "todo"; expected a text that is no placeholder.',
    "dependency-validation-required": "its dependencies are not validated;",
    "freeze-window": 'the freeze "always" (2020-01-01T00:00 to 2120-01-01T00:00, UTC) holds now;',
    "health-bake-required": "0.5 s lie between two health probes; expected from 1 s to 300 s for production.",
    "no-downgrade": "v1.4.1-rc.1 is lower than v1.4.2, which is live;",
    "no-inline-secrets": "`createdBy` holds what looks like a credential;",
    "promotion-order": "staging has not had this content (sha256:",
    "rejected-content": "the same content was rolled back as v1.6.0 on ",
    "rollback-on-failure-required": "it stays live when it fails;",
    "semantic-version-tag": "the tag v1.4.1-rc.1 is a pre-release; expected a full version in production.",
    "simulation-required": "1 conversations were simulated; expected at least 2 for production.",
};

describe("the policy pack, through the engine", () => {
    let releases: ReleaseStack;
    beforeAll(async () => {
        releases = await ReleaseStack.start();
    });
    beforeEach(() => releases.forget());
    afterAll(() => releases.stop());

    it("has nothing against the release of the example, in preview and in up", async () => {
        releases.declare({ booking: { ...BOOKING, artifact: { directory: "artifacts" } } });
        for (const { code, text } of [
            await releases.preview(...PACK),
            await releases.up("--skip-preview", ...PACK),
        ]) {
            expect(text).toContain("✅ pulumi-cognigy-policies@v0.1.0");
            expect(code).toBe(0);
        }
        expect(await releases.live()).toBe("v1.4.2");
    });

    describe("asked about a release that violates them after a rollback", () => {
        let refused: Printed;
        let changed: string[];
        beforeAll(async () => {
            await rollBack("v1.6.0");
            await releases.forget();
            releases.declare({ booking: BAD, elsewhere: { ...BOOKING, targetEnvironment: "moon" } });
            refused = await releases.up(
                ...PACK,
                ...config({
                    "promotion-order": { order: ["staging", "production"] },
                    "freeze-window": { windows: [ALWAYS] },
                }),
            );
            changed = await releases.changing();
        });

        it("deploys nothing, and the version before stays live", async () => {
            expectRefusal(refused);
            expect(changed).not.toContain("POST /api/v2/deployments");
            expect(await releases.live()).toBe("v1.4.2");
        });

        it.each(Object.entries(REFUSALS))("refuses it: %s", (rule, message) => {
            expect(refused.text).toMatch(mandatory(rule, "booking"));
            expect(refused.text).toContain(`Release v1.4.1-rc.1 ${NAME}: ${message}`);
        });

        it("refuses an environment that there is not: allowed-environments", () => {
            expect(refused.text).toMatch(mandatory("allowed-environments", "elsewhere"));
            expect(refused.text).toContain(
                'to moon: the environment is "moon"; expected one of development,',
            );
        });

        it("does not print the credential", () => {
            expect(refused.text).not.toContain("hunter2");
        });
    });

    it("refuses two releases of one flow in one environment, and deploys neither: one-release-per-flow", async () => {
        const again = { ...BOOKING, versionTag: "v1.7.0", changelog: "Yet another text.", deployment: RETRY };
        releases.declare({ booking: { ...BOOKING, deployment: RETRY }, again });
        const refused = await releases.up(...PACK);
        expectRefusal(refused);
        expect(refused.text).toMatch(mandatory("one-release-per-flow", "(?:booking|again)"));
        expect(refused.text).toContain(`${NAME}: the stack has another one, `);
        expect(await releases.changing()).not.toContain("POST /api/v2/deployments");
    });

    it("takes levels and parameters from a config: blast-radius is mandatory, simulation-required advises", async () => {
        await releases.emulator.control.patchFlow("bot_12345", "flow_67890", {
            nodes: { [await someNode()]: { label: "Changed" } },
        });
        releases.declare({
            booking: { ...BOOKING, versionTag: "v1.7.0", changelog: "Something new is here." },
        });
        const refused = await releases.up(
            ...PACK,
            ...config({
                "blast-radius": { enforcementLevel: "mandatory", maxChangedNodes: 0 },
                "simulation-required": { enforcementLevel: "advisory", minTestCases: 3 },
            }),
        );
        expectRefusal(refused);
        expect(refused.text).toMatch(mandatory("blast-radius", "booking"));
        expect(refused.text).toContain(
            `Release v1.7.0 ${NAME}: 1 of 80 nodes change; expected at most 0, and`,
        );
        expect(refused.text).toMatch(/\[advisory\] +simulation-required /);
        expect(refused.text).toContain("2 conversations were simulated; expected at least 3 for production.");
        expect(await releases.live()).toBe("v1.4.2");
    });

    it.each([
        [
            "a type that is wrong",
            { "simulation-required": { minTestCases: "many" } },
            "simulation-required: minTestCases: Invalid type. Expected: integer, given: string",
        ],
        [
            "strategies that are no list",
            { "allowed-strategies": { strategies: { production: "rolling" } } },
            "allowed-strategies: strategies.production: Invalid type. Expected: array, given: string",
        ],
        [
            "a freeze without a time",
            { "freeze-window": { windows: [{ ...ALWAYS, from: "noon" }] } },
            "the config of freeze-window is wrong: windows.0.from: expected a time such as",
        ],
        [
            "an expression that is none",
            { "no-inline-secrets": { allow: ["fine", "("] } },
            'the config of no-inline-secrets is wrong: allow.1: expected a regular expression, not "("',
        ],
    ])("says clearly what is wrong with a config: %s", async (_, wrong, problem) => {
        const refused = await releases.preview(...PACK, ...config(wrong));
        expectRefusal(refused);
        expect(refused.text).toContain(problem);
    });

    it("lets a user's own pack take some of the rules, and add others", async () => {
        const own = ownPack();
        releases.declare({
            booking: { ...BOOKING, versionTag: "v1.3.0", changelog: "todo", createdBy: "nobody" },
        });
        const refused = await releases.preview("--policy-pack", own);
        rmSync(own, { recursive: true });
        expectRefusal(refused);
        expect(refused.text).toContain("❌ our-rules@v0.0.1");
        expect(rulesIn(refused.text)).toEqual(["changelog-required", "no-downgrade", "somebody-is-named"]);
        expect(refused.text).toContain(
            `Release v1.3.0 ${NAME}: nobody makes it; expected a name. Set \`createdBy\`.`,
        );
    });

    it("leaves to up what is not known in preview, says so, and decides the rest", async () => {
        releases.declare({ booking: { ...BOOKING, versionTag: "v1.7.0-rc.1" } });
        releases.stack.write("index.js", PROMOTION);
        const previewed = await releases.preview(...PACK);
        expectRefusal(previewed);
        expect(previewed.text).toMatch(mandatory("semantic-version-tag", "booking"));
        for (const [rule, path] of [
            ["changelog-required", "changelog"],
            ["simulation-required", "record"],
            ["blast-radius", "record"],
        ]) {
            expect(previewed.text).toMatch(new RegExp(`\\[advisory\\] +${rule} +\\(.*: booking\\)`));
            expect(previewed.text).toContain(
                `can't run policy '${rule}' from policy pack 'pulumi-cognigy-policies@v0.1.0' during preview: ` +
                    `string value at .${path} can't be known during preview`,
            );
        }
    });

    /** The release turns unhealthy after it went live. */
    async function rollBack(versionTag: string): Promise<void> {
        releases.declare({
            booking: { ...BOOKING, versionTag, changelog: "It will not stay, this version." },
        });
        await releases.emulator.control.health("bot_12345", { sequence: [false] });
        expect((await releases.up("--skip-preview")).text).toContain("was rolled back, health_check_failed");
    }

    async function someNode(): Promise<string> {
        const { nodes } = await releases.emulator.control.getFlow("bot_12345", "flow_67890");
        return String(nodes[3]?.id);
    }

    function config(policies: Record<string, unknown>): string[] {
        releases.stack.write("policies.json", JSON.stringify(policies));
        return ["--policy-pack-config", join(releases.stack.project, "policies.json")];
    }
});

const RETRY = { retryRejected: "the bot is well again" };

/** A changelog that is known only when the release to staging is. */
const PROMOTION = `
const { CognigyFlowRelease } = require("pulumi-cognigy");
const { booking } = require("./releases.json");
const staging = new CognigyFlowRelease("staging", { ...booking, targetEnvironment: "staging" });
const changelog = staging.deploymentId.apply((id) => "After " + id + " in staging.");
new CognigyFlowRelease("booking", { ...booking, changelog });
`;

/** A pack as a user writes it. */
function ownPack(): string {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cognigy-pack-"));
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write("PulumiPolicy.yaml", "runtime: nodejs\nversion: 0.0.1\n");
    write("package.json", '{ "name": "our-rules", "version": "0.0.1", "main": "index.js" }\n');
    write(
        "index.js",
        `
const { PolicyPack } = require("@pulumi/policy");
const { changelogRequired, freezeWindow, noDowngrade, releasePolicy } = require("pulumi-cognigy-policies");
const somebodyIsNamed = releasePolicy({
    name: "somebody-is-named",
    description: "A release names who makes it.",
    settings: { nobody: { type: "string", default: "nobody" } },
    judge: ({ createdBy }, { nobody }) =>
        createdBy === nobody
            ? { found: "nobody makes it", expected: "a name", advice: "Set \`createdBy\`" }
            : undefined,
});
new PolicyPack("our-rules", { policies: [changelogRequired, freezeWindow, noDowngrade, somebodyIsNamed] });
`,
    );
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return folder;
}

function mandatory(rule: string, resource: string): RegExp {
    return new RegExp(`\\[mandatory\\] +${rule} +\\(\\S+CognigyFlowRelease: ${resource}\\)`);
}

/** The rules that the output names, in order. */
function rulesIn(text: string): string[] {
    return [...text.matchAll(/- \[\w+\] +([\w-]+) /g)].map(([, rule]) => String(rule)).sort();
}

/** Every refusal ends with a failure, and tells its reason without a stack. */
function expectRefusal({ code, text }: Printed): void {
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(code).not.toBe(0);
}
