import { noInlineSecrets } from "../src";
import { type Properties, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const WHERE = "Release v1.4.2 of flow flow_67890 (bot bot_12345) to production";
const text = (path: string, kind: string) =>
    `\`${path}\` holds what looks like ${kind}; expected no credential in an input. Take it out, change the credential, ` +
    "and keep it in the connection's secret config.";

// Put together here, so that nobody who looks for credentials finds one in this file.
const AWS = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const CREDENTIALS: [kind: string, credential: string][] = [
    ["a private key", ["-----BEGIN RSA ", "PRIVATE KEY-----"].join("")],
    ["a private key", ["-----BEGIN ", "PRIVATE KEY-----"].join("")],
    ["a JSON web token", ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "abc_def-123"].join(".")],
    ["a bearer token", ["Bearer", "abcdef0123456789ABCDEF"].join(" ")],
    ["an AWS access key", AWS],
    ["a GitHub token", ["ghp", "a".repeat(36)].join("_")],
    ["a GitHub token", ["github", "pat", "a1".repeat(11)].join("_")],
    ["a Slack token", ["xoxb", "123456789012", "abcdef"].join("-")],
    ["a Google API key", ["AIza", "b".repeat(35)].join("")],
    ["a secret API key", ["sk", "live", "c3".repeat(12)].join("_")],
    ["a password in an address", ["https://user:", "hunter2hunter2", "@example.com/"].join("")],
    ["a credential", ["password", "correct-horse-battery"].join(": ")],
    ["a credential", ["API_KEY", "0123456789abcdef"].join("=")],
    ["a credential", ["client-secret", '"0123456789abcdef"'].join(" = ")],
];

const PLACES: [path: string, put: (credential: string) => Properties][] = [
    ["changelog", (credential) => ({ changelog: `Now with ${credential} inside.` })],
    ["createdBy", (credential) => ({ createdBy: credential })],
    [
        "simulation.testCases[1].input",
        (credential) => ({
            simulation: {
                testCases: [
                    { input: "hello", expectedIntent: "greet" },
                    { input: credential, expectedIntent: "x" },
                ],
            },
        }),
    ],
    ["deployment.breakGlass", (credential) => ({ deployment: { breakGlass: credential } })],
    ["artifact.directory", (credential) => ({ artifact: { directory: credential } })],
    ["retainReason", (credential) => ({ retainReason: credential })],
    ["promotedFrom.environment", (credential) => ({ promotedFrom: { environment: credential } })],
];

describe("no-inline-secrets", () => {
    it("lets a release through that holds none", () => {
        expect(violations(noInlineSecrets, release())).toEqual([]);
    });

    it.each([
        "I forgot my password",
        "reset password: please",
        "see https://example.com/a:b@c",
        "the bearer of good news",
        "desk_lamps are sold as task-lights",
        "Ask for the API key once only.",
    ])("lets %j through", (changelog) => {
        expect(violations(noInlineSecrets, release({ changelog }))).toEqual([]);
    });

    it.each(CREDENTIALS)("refuses %s, and does not print it (%#)", (kind, credential) => {
        const reported = violations(noInlineSecrets, release({ changelog: `Uses ${credential} now.` }));
        expect(reported).toEqual([`${WHERE}: ${text("changelog", kind)}`]);
        expect(reported.join()).not.toContain(credential);
    });

    it.each(PLACES)("finds one in %s", (path, put) => {
        expect(violations(noInlineSecrets, release(put(AWS)))).toEqual([
            `${WHERE}: ${text(path, "an AWS access key")}`,
        ]);
    });

    it.each([
        ["versionTag", `v1.4.2+${AWS}`, "[not shown] of flow flow_67890 (bot bot_12345) to production"],
        ["flowId", AWS, "v1.4.2 of flow [not shown] (bot bot_12345) to production"],
        ["botId", AWS, "v1.4.2 of flow flow_67890 (bot [not shown]) to production"],
        ["targetEnvironment", AWS, "v1.4.2 of flow flow_67890 (bot bot_12345) to [not shown]"],
    ])("does not print it where %s is part of the release's name", (property, value, name) => {
        expect(violations(noInlineSecrets, release({ [property]: value }))).toEqual([
            `Release ${name}: ${text(property, "an AWS access key")}`,
        ]);
    });

    it("does not print a second one in the release's name either", () => {
        const two = release({ createdBy: `Uses ${AWS}.`, targetEnvironment: AWS });
        expect(violations(noInlineSecrets, two).join()).not.toContain(AWS);
    });

    it("refuses what it has found, although the context is not known yet", () => {
        const found = release({ changelog: AWS, context: UNKNOWN, gates: UNKNOWN });
        expect(violations(noInlineSecrets, found)).toEqual([
            `${WHERE}: ${text("changelog", "an AWS access key")}`,
        ]);
    });

    it("looks at what is declared, not at what the platform said", () => {
        expect(violations(noInlineSecrets, release({ changes: [AWS] }))).toEqual([]);
    });

    it("lets through what the config allows, and nothing else", () => {
        const config = { allow: ["^Uses AKIA[A-Z0-9]+EXAMPLE"] };
        expect(violations(noInlineSecrets, release({ changelog: `Uses ${AWS}.` }), config)).toEqual([]);
        expect(violations(noInlineSecrets, release({ changelog: `Has ${AWS}.` }), config)).toEqual([
            `${WHERE}: ${text("changelog", "an AWS access key")}`,
        ]);
    });

    it("says which expression of the config is none, and no stack", () => {
        const problem =
            'the config of no-inline-secrets is wrong: allow.1: expected a regular expression, not "("';
        expect(() => violations(noInlineSecrets, release(), { allow: ["fine", "("] })).toThrow(
            expect.objectContaining({ message: problem, stack: problem }),
        );
    });

    it.each([
        ["changelog", { changelog: UNKNOWN }],
        ["botId", { botId: UNKNOWN }],
        ["simulation", { simulation: UNKNOWN }],
        ["simulation.testCases", { simulation: { testCases: UNKNOWN } }],
        [
            "simulation.testCases.0.input",
            { simulation: { testCases: [{ input: UNKNOWN, expectedIntent: "x" }] } },
        ],
        ["deployment.breakGlass", { deployment: { breakGlass: UNKNOWN } }],
        ["promotedFrom", { promotedFrom: UNKNOWN }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(noInlineSecrets, release(changes))).toBe(path);
    });
});
