import { resolveConnection } from "../../src/cognigy/connection.js";

const CONFIG = { "cognigy:clientId": "the-client", "cognigy:clientSecret": "the-secret" };

function resolve(config: Record<string, string>, environment: NodeJS.ProcessEnv = {}, name = "cognigy") {
    return resolveConnection(name, (key) => config[key], environment);
}

function connectionOf(...parts: Parameters<typeof resolve>) {
    const resolved = resolve(...parts);
    if ("problems" in resolved) {
        throw new Error(JSON.stringify(resolved.problems));
    }
    return resolved.connection;
}

describe("a connection", () => {
    it("needs a client and its secret, and knows the rest by default", () => {
        expect(connectionOf(CONFIG)).toEqual({
            api: "bots",
            origin: "https://api.cognigy.com",
            prefix: "",
            clientId: "the-client",
            clientSecret: "the-secret",
            audience: "https://api.cognigy.com",
            sources: {
                baseUrl: "cognigy:baseUrl",
                clientId: "cognigy:clientId",
                clientSecret: "cognigy:clientSecret",
                audience: "cognigy:audience",
            },
        });
    });

    it("may come from the environment altogether", () => {
        const environment = {
            COGNIGY_BASE_URL: "https://eu.example.com/tenant/",
            COGNIGY_CLIENT_ID: "env-client",
            COGNIGY_CLIENT_SECRET: "env-secret",
            COGNIGY_AUDIENCE: "env-audience",
        };
        expect(connectionOf({}, environment)).toEqual({
            api: "bots",
            origin: "https://eu.example.com",
            prefix: "/tenant",
            clientId: "env-client",
            clientSecret: "env-secret",
            audience: "env-audience",
            sources: {
                baseUrl: "COGNIGY_BASE_URL",
                clientId: "COGNIGY_CLIENT_ID",
                clientSecret: "COGNIGY_CLIENT_SECRET",
                audience: "COGNIGY_AUDIENCE",
            },
        });
    });

    it("takes the config before the environment, setting by setting", () => {
        const connection = connectionOf(CONFIG, {
            COGNIGY_CLIENT_ID: "env-client",
            COGNIGY_AUDIENCE: "env-audience",
        });
        expect(connection).toMatchObject({ clientId: "the-client", audience: "env-audience" });
        expect(connection.sources).toMatchObject({
            clientId: "cognigy:clientId",
            audience: "COGNIGY_AUDIENCE",
        });
    });

    it("takes an empty setting for one that is not set, and drops the space around a value", () => {
        const config = { ...CONFIG, "cognigy:clientId": "  ", "cognigy:clientSecret": " the-secret\n" };
        expect(connectionOf(config, { COGNIGY_CLIENT_ID: "env-client" })).toMatchObject({
            clientId: "env-client",
            clientSecret: "the-secret",
        });
    });

    it("has an audience of its own address unless another one is set", () => {
        const config = { ...CONFIG, "cognigy:baseUrl": "https://eu.example.com/tenant" };
        expect(connectionOf(config)).toMatchObject({ audience: "https://eu.example.com/tenant" });
    });

    it("is named after its namespace, in the config and in the environment", () => {
        const environment = { EU_TENANT_CLIENT_ID: "eu-client", EU_TENANT_CLIENT_SECRET: "eu-secret" };
        expect(connectionOf(CONFIG, environment, "eu-tenant")).toMatchObject({
            clientId: "eu-client",
            sources: { baseUrl: "eu-tenant:baseUrl", clientId: "EU_TENANT_CLIENT_ID" },
        });
    });

    it.each([
        ["https://api.example.com", "https://api.example.com", ""],
        ["https://api.example.com/", "https://api.example.com", ""],
        ["https://api.example.com/a/b///", "https://api.example.com", "/a/b"],
        ["http://127.0.0.1:8080", "http://127.0.0.1:8080", ""],
        ["HTTPS://API.Example.com:443/x", "https://api.example.com", "/x"],
        ["http://[::1]:8080/", "http://[::1]:8080", ""],
    ])("takes %s for an address", (baseUrl, origin, prefix) => {
        expect(connectionOf({ ...CONFIG, "cognigy:baseUrl": baseUrl })).toMatchObject({ origin, prefix });
    });

    it.each([
        "api.cognigy.com",
        "ftp://api.cognigy.com",
        "https://user:hunter2@api.cognigy.com",
        "https://user@api.cognigy.com",
        "https://:hunter2@api.cognigy.com",
        "https://api.cognigy.com/?tenant=hunter2",
        "https://api.cognigy.com/#hunter2",
        "https://",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ])("refuses %s as an address, without repeating it", (baseUrl) => {
        const resolved = resolve({ ...CONFIG, "cognigy:baseUrl": baseUrl });
        expect(resolved).toEqual({
            problems: [
                {
                    property: "cognigy:baseUrl",
                    expected:
                        'expected the platform\'s address, such as "https://api.cognigy.com": http or https, without credentials, query or fragment',
                },
            ],
        });
        expect(JSON.stringify(resolved)).not.toContain("hunter2");
    });

    it("names the variable when the wrong address is from the environment", () => {
        expect(resolve(CONFIG, { COGNIGY_BASE_URL: "nowhere" })).toMatchObject({
            problems: [{ property: "COGNIGY_BASE_URL" }],
        });
    });

    it("says how to set what is missing, all of it at once", () => {
        expect(resolve({ "cognigy:baseUrl": "nowhere" })).toEqual({
            problems: [
                expect.objectContaining({ property: "cognigy:baseUrl" }),
                {
                    property: "cognigy:clientId",
                    expected:
                        'expected the client\'s id for the connection "cognigy": run `pulumi config set cognigy:clientId <id>` or set COGNIGY_CLIENT_ID',
                },
                {
                    property: "cognigy:clientSecret",
                    expected:
                        'expected the client\'s secret for the connection "cognigy": run `pulumi config set --secret cognigy:clientSecret` or set COGNIGY_CLIENT_SECRET',
                },
            ],
        });
    });

    it("never repeats a secret in what it says is missing", () => {
        const resolved = resolve({
            "cognigy:clientSecret": "hunter2",
            "cognigy:baseUrl": "https://x:hunter2@y",
        });
        expect(JSON.stringify(resolved)).not.toContain("hunter2");
    });
});
