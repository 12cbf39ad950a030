import { adoptingProgram } from "../../src/cli/adopt.js";

const LIVE = {
    deploymentId: "dep_1",
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.1",
    targetEnvironment: "production",
    status: "completed",
    createdAt: "2026-01-01T00:00:00Z",
};

describe("the program that takes over what is live", () => {
    it("declares each release", () => {
        expect(adoptingProgram([LIVE], "cognigy")).toBe(`import { CognigyFlowRelease } from "pulumi-cognigy";

new CognigyFlowRelease("flow_67890-production", {
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.1",
    changelog: "Taken over from the platform as v1.4.1.",
    targetEnvironment: "production",
    adopt: true,
    onDelete: "retain",
    retainReason: "It was live before it was declared here.",
});
`);
    });

    it("names the tenant where it is not the usual one", () => {
        expect(adoptingProgram([LIVE], "cognigy-eu")).toContain(
            '    connection: "cognigy-eu",\n    adopt: true,',
        );
    });

    it("keeps what the platform says within its quotes", () => {
        const hostile = { ...LIVE, flowId: '"); process.exit(1); ("' };
        expect(adoptingProgram([hostile], "cognigy")).toContain(
            String.raw`flowId: "\"); process.exit(1); (\"",`,
        );
    });

    it("names an environment in small letters where the platform knows it so", () => {
        const aliases = { flows: [], environments: ["production"] };
        const live = { ...LIVE, targetEnvironment: "Production", aliases };
        expect(adoptingProgram([live], "cognigy")).toContain('targetEnvironment: "production"');
        expect(adoptingProgram([{ ...live, aliases: { flows: [], environments: [] } }], "cognigy")).toContain(
            'targetEnvironment: "Production"',
        );
    });

    it("says what cannot be declared for its tag, such as a draft, on a line that stays a comment", () => {
        const draft = {
            ...LIVE,
            versionTag: "draft",
            isDraft: true as const,
            targetEnvironment: "a\n\u2028b",
        };
        const program = adoptingProgram([draft], "cognigy");
        expect(program).toContain(
            '// "a\\n\uFFFDb" leads to "draft" of flow "flow_67890": only what is tagged with a semantic version',
        );
        expect(program).not.toContain("new CognigyFlowRelease");
    });
});
