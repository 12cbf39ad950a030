import { type Emulator, type PlatformData, startEmulator } from "cognigy-emulator";
import { Agent } from "undici";
import { systemClock } from "../../../src/clock.js";
import { resolveConnection } from "../../../src/cognigy/connection.js";
import type { Finding } from "../../../src/cognigy/examination.js";
import { examinationOf } from "../../../src/cognigy/open-examination.js";
import { CLIENT_ID, CLIENT_SECRET, platformData } from "../../support/platform-data.js";

type PlatformScopes = NonNullable<NonNullable<PlatformData["clients"]>[number]["scopes"]>;

describe("the examination of a tenant that speaks the bots API", () => {
    const agent = new Agent();
    const [client] = platformData().clients ?? [];
    let emulator: Emulator;
    afterEach(() => emulator.close());
    afterAll(() => agent.close());

    async function start(scopes?: PlatformScopes): Promise<void> {
        const clients = client ? [{ ...client, ...(scopes ? { scopes } : {}) }] : [];
        emulator = await startEmulator({ data: { ...platformData(), clients } });
    }

    function examine(bot?: string, secret = CLIENT_SECRET): Promise<Finding[]> {
        const settings: Record<string, string> = {
            "cognigy:baseUrl": emulator.url,
            "cognigy:clientId": CLIENT_ID,
            "cognigy:clientSecret": secret,
            "cognigy:audience": "https://api.cognigy.com",
        };
        const found = resolveConnection("cognigy", (key) => settings[key], {});
        if ("problems" in found) {
            throw new Error(JSON.stringify(found.problems));
        }
        const parts = { clock: systemClock, random: () => 0.5, dispatcher: agent, tell: () => {} };
        return examinationOf(found.connection, parts).findings(bot);
    }

    const told = (findings: readonly Finding[]) =>
        findings.map(({ verdict, found }) => `${verdict}: ${found}`);

    test("finds token, scopes, health and flows, and sends GET alone", async () => {
        await start();
        const findings = told(await examine("bot_12345"));
        expect(findings).toEqual([
            "ok: the client (cognigy:clientId) gets a token",
            expect.stringMatching(/^ok: this machine's clock agrees/),
            "ok: the client has the scope bot:manage",
            "ok: the client has the scope simulation:run",
            "ok: the client has the scope deployment:execute",
            "ok: the client has the scope export:read",
            "ok: the bot is healthy",
            expect.stringMatching(/^ok: flow flow_67890: \d+ nodes, deployed in production/),
        ]);
        const requests = await emulator.control.requests();
        expect(requests.filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")).toEqual(
            [],
        );
    });

    test("names each scope that the client lacks", async () => {
        await start(["bot:manage"]);
        const findings = told(await examine("bot_12345"));
        expect(findings).toContain("ok: the client has the scope bot:manage");
        expect(findings).toContain("will not work: the client lacks the scope simulation:run");
        expect(findings).toContain("will not work: the client lacks the scope deployment:execute");
        expect(findings).toContain("warning: the client lacks the scope export:read");
    });

    test("names a client without any scope for what it lacks, not for its credentials", async () => {
        await start(["export:read"]);
        const findings = told(await examine("bot_12345"));
        expect(findings[0]).toBe("ok: the client (cognigy:clientId) gets a token");
        expect(findings).toContain("will not work: the client lacks the scope bot:manage");
    });

    test("ends with the credentials where they are refused, and does not tell them", async () => {
        await start();
        const findings = await examine("bot_12345", "a-wrong-secret");
        expect(told(findings)).toEqual([expect.stringMatching(/^will not work: .*refuses the credentials/)]);
        expect(JSON.stringify(findings)).not.toContain("a-wrong-secret");
    });

    test("says that a bot is not there, and that it looks at none where it is not told which", async () => {
        await start();
        expect(told(await examine("nobody"))).toContain("will not work: there is no bot nobody");
        expect(told(await examine()).at(-1)).toBe("not known: what a bot is like: this API lists no bots");
    });

    test("says that a bot is not healthy, and what is in progress", async () => {
        await start();
        await emulator.control.health("bot_12345", { sequence: [false, false, false] });
        await emulator.control.deployByHand("bot_12345", {
            flowId: "flow_67890",
            versionTag: "v9.0.0",
            targetEnvironment: "production",
            durationMs: 60_000,
        });
        const findings = told(await examine("bot_12345"));
        expect(findings).toContain("warning: the bot is not healthy");
        expect(findings).toContainEqual(
            expect.stringMatching(/^warning: deployment \S+ of v9\.0\.0 .* is in progress/),
        );
    });
});
