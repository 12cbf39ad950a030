import { resolveConnection } from "../../../src/cognigy/connection.js";

const SETTINGS: Record<string, string> = {
    "cognigy:api": "cognigy-ai",
    "cognigy:baseUrl": "https://api-trial.cognigy.ai",
    "cognigy:apiKey": "a-key-that-nobody-has",
};

function resolve(more: Record<string, string | undefined> = {}, environment: NodeJS.ProcessEnv = {}) {
    const settings = { ...SETTINGS, ...more };
    return resolveConnection("cognigy", (key) => settings[key], environment);
}

function connection(more: Record<string, string | undefined> = {}) {
    const found = resolve(more);
    if ("problems" in found || found.connection.api !== "cognigy-ai") {
        throw new Error(JSON.stringify(found));
    }
    return found.connection;
}

function problems(more: Record<string, string | undefined> = {}) {
    const found = resolve(more);
    return "problems" in found
        ? found.problems.map(({ property, expected }) => `${property}: ${expected}`)
        : [];
}

test.each([
    ["https://api-trial.cognigy.ai", "https://endpoint-trial.cognigy.ai"],
    ["https://api-acme.cognigy.cloud", "https://endpoint-acme.cognigy.cloud"],
    ["https://cognigy-api-na1.nicecxone.com", "https://cognigy-endpoint-na1.nicecxone.com"],
])("the host of conversations of %s is %s", (baseUrl, endpoints) => {
    expect(connection({ "cognigy:baseUrl": baseUrl }).endpoints).toMatchObject({
        origin: endpoints,
        prefix: "",
    });
});

test.each(["/openapi", "/new/v2.0", "/v2.0", "/new/v2.0/openapi"])(
    "an address that ends in %s, as the product's own lists have it, is the same one",
    (path) => {
        expect(connection({ "cognigy:baseUrl": `https://api-trial.cognigy.ai${path}` })).toMatchObject({
            origin: "https://api-trial.cognigy.ai",
            prefix: "",
        });
    },
);

test("an installation of one's own names the host of conversations", () => {
    expect(problems({ "cognigy:baseUrl": "https://bots.example.com" })).toEqual([
        expect.stringMatching(
            /^cognigy:endpointBaseUrl: expected the address of the endpoints.*cannot be told from/,
        ),
    ]);
    const own = {
        "cognigy:baseUrl": "https://bots.example.com/api",
        "cognigy:endpointBaseUrl": "https://talk.example.com/x",
    };
    expect(connection(own)).toMatchObject({
        prefix: "/api",
        endpoints: { origin: "https://talk.example.com", prefix: "/x" },
    });
});

test("without a key, it is said what to set, and what else would do", () => {
    expect(problems({ "cognigy:apiKey": undefined })).toEqual([
        expect.stringMatching(
            /^cognigy:apiKey: .*set --secret cognigy:apiKey.*; or set both cognigy:clientId and/,
        ),
    ]);
    expect(
        connection({ "cognigy:apiKey": undefined, "cognigy:clientId": "c", "cognigy:clientSecret": "s" })
            .credentials,
    ).toMatchObject({ kind: "client", clientId: "c", clientSecret: "s" });
});

test("environments are named with their endpoints: one, or several", () => {
    const environments = JSON.stringify({ production: ["Web chat", "Phone"], staging: "Test" });
    expect([...connection({ "cognigy:environments": environments }).environments]).toEqual([
        ["production", ["Web chat", "Phone"]],
        ["staging", ["Test"]],
    ]);
});

test.each(["{", "[]", '{"production": []}', '{"production": 7}', '{"": "Test"}', '"production"'])(
    "environments as %s are refused",
    (environments) => {
        expect(problems({ "cognigy:environments": environments })).toEqual([
            expect.stringMatching(
                /^cognigy:environments: expected the endpoints of each environment as JSON/,
            ),
        ]);
    },
);

test("the key stands in no problem", () => {
    const said = problems({ "cognigy:baseUrl": "no address", "cognigy:environments": "{" });
    expect(said.length).toBeGreaterThan(0);
    expect(said.join("\n")).not.toContain("a-key-that-nobody-has");
});

test("conversations follow a switch within 20 seconds, unless it is said otherwise", () => {
    expect(connection().propagationSeconds).toBe(20);
    expect(connection({ "cognigy:propagationSeconds": "0" }).propagationSeconds).toBe(0);
    expect(problems({ "cognigy:propagationSeconds": "soon" })).toEqual([
        "cognigy:propagationSeconds: expected a number of seconds from 0 to 600",
    ]);
});
