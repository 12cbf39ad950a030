import { type Emulator, type JsonObject, type PlatformData, startEmulator } from "cognigy-emulator";
import { Agent } from "undici";
import { resolveConnection } from "../../../src/cognigy/connection.js";
import type { Finding } from "../../../src/cognigy/examination.js";
import { examinationOf } from "../../../src/cognigy/open-examination.js";
import { FastClock } from "../../support/fast-clock.js";
import { platformData } from "../../support/platform-data.js";

const KEY = "key-of-the-tests";
const PROJECT = "Travel assistant";

describe("the examination of a Cognigy.AI tenant", () => {
    const emulators: Emulator[] = [];
    const agent = new Agent();
    afterEach(async () => {
        await Promise.all(emulators.splice(0).map((emulator) => emulator.close()));
    });
    afterAll(() => agent.close());

    async function tenant(ai: PlatformData["ai"] = {}): Promise<Emulator> {
        const users = [{ email: "ci@skyline.example", apiKey: KEY }];
        const emulator = await startEmulator({ data: { ...platformData(), ai: { users, ...ai } } });
        emulators.push(emulator);
        return emulator;
    }

    async function examine(
        emulator: Emulator,
        { bot, ...config }: Record<string, string> = {},
    ): Promise<Finding[]> {
        const settings: Record<string, string> = {
            api: "cognigy-ai",
            baseUrl: emulator.url,
            endpointBaseUrl: emulator.endpointUrl,
            apiKey: KEY,
            ...config,
        };
        const found = resolveConnection("cognigy", (key) => settings[key.replace("cognigy:", "")], {});
        if ("problems" in found) {
            throw new Error(JSON.stringify(found.problems));
        }
        const parts = { clock: new FastClock(), random: () => 0.5, dispatcher: agent, tell: () => {} };
        return examinationOf(found.connection, parts).findings(bot);
    }

    /** What was found of one thing: verdict and text. */
    function of(findings: readonly Finding[], check: string, part = ""): string {
        return findings
            .filter((one) => one.check === check && one.found.includes(part))
            .map(({ verdict, found, advice = "" }) => `${verdict}: ${found}. ${advice}`)
            .join("\n");
    }

    async function projectId(emulator: Emulator): Promise<string> {
        const { projects } = await emulator.control.ai.state();
        return projects.find(({ name }) => name === PROJECT)?._id ?? "";
    }

    test("sends GET alone, and nothing is other than before", async () => {
        const emulator = await tenant();
        const before = await emulator.control.ai.state();
        await examine(emulator, { bot: await projectId(emulator) });
        const methods = (await emulator.control.requests()).map(({ method }) => method);
        expect(methods.length).toBeGreaterThan(20);
        expect(new Set(methods)).toEqual(new Set(["GET"]));
        expect(await emulator.control.ai.state()).toEqual(before);
    });

    test("tells the ids by which a program names project, flow and environment", async () => {
        const emulator = await tenant();
        const id = await projectId(emulator);
        const findings = await examine(emulator, { bot: id });
        expect(findings.filter(({ verdict }) => verdict === "will not work")).toEqual([]);
        expect(of(findings, "kinds")).toMatch(
            /^not known: whether flows need AI agents, .* does not list them/,
        );
        const flow = findings.find(({ check, subject }) => check === "flow" && subject?.name === "Booking");
        expect(flow?.found).toContain(
            `flowId "${flow?.subject?.referenceId}" (or its _id ${flow?.subject?.id})`,
        );
        expect(flow?.found).toMatch(/\d+ nodes and 2 intents: reading it takes \d+ calls; trained/);
        expect(flow?.area).toBe(`project "${PROJECT}" (botId "${id}")`);
        expect(of(findings, "environment", '"production"')).toMatch(
            /^ok: targetEnvironment "production": endpoint "Production" \(rest, \w{24}\) leads to v1\.4\.1 of flow "Booking", has a test mode/,
        );
    });

    test("counts the calls that reading a flow takes as they are made", async () => {
        const emulator = await tenant();
        const findings = await examine(emulator, { bot: await projectId(emulator) });
        const flow = findings.find(({ subject }) => subject?.name === "Booking");
        const [, nodes, intents, calls] = (
            /(\d+) nodes and (\d+) intents: reading it takes (\d+) calls/.exec(flow?.found ?? "") ?? []
        ).map(Number);
        expect(calls).toBe(3 + Number(nodes) + 2 * Number(intents));
    });

    test("lists the projects where it is not told which one", async () => {
        const emulator = await tenant();
        const findings = await examine(emulator);
        const projects = findings.filter(({ check }) => check === "project");
        expect(projects.length).toBeGreaterThan(1);
        expect(projects.map(({ found }) => found)).toContain(
            `project "${PROJECT}": look at it with --bot ${await projectId(emulator)}`,
        );
    });

    test("says that a project is not there, or is no id at all", async () => {
        const emulator = await tenant();
        expect(of(await examine(emulator, { bot: "0".repeat(24) }), "project")).toContain("will not work");
        expect(of(await examine(emulator, { bot: "../flows" }), "project")).toContain("is no id");
    });

    test("ends with the credentials where they are refused, and does not tell them", async () => {
        const emulator = await tenant();
        const findings = await examine(emulator, { apiKey: "somebody-elses-key" });
        expect(findings).toHaveLength(1);
        expect(of(findings, "credentials")).toContain("refuses the API key. Check cognigy:apiKey");
        expect(JSON.stringify(findings)).not.toContain("somebody-elses-key");
    });

    test("names each list that may not be read", async () => {
        const emulator = await tenant();
        const fault = { kind: "status", status: 403 } as const;
        for (const path of ["/snapshots$", "/lexicons$"]) {
            await emulator.control.addFault({ match: { path }, times: null, fault });
        }
        const findings = await examine(emulator, { bot: await projectId(emulator) });
        expect(of(findings, "rights: snapshots")).toContain(
            "will not work: snapshots cannot be read: GET /new/v2.0/snapshots was answered with 403",
        );
        expect(of(findings, "rights: lexicons")).toMatch(
            /^warning: .*A flow that needs one is blocked by gate 1/,
        );
        expect(of(findings, "rights")).not.toContain("snapshots");
        expect(of(findings, "rights to change")).toContain("not known");
    });

    test("says what is not so with audit events, and what is off then", async () => {
        const emulator = await tenant({ users: [{ email: "ci@skyline.example", apiKey: KEY, roles: [] }] });
        expect(of(await examine(emulator), "audit events")).toMatch(
            /^warning: .*cannot be read\. The ledger does not name the platform's own entries/,
        );
    });

    test("warns of a flow whose training is out of date, and more so where an endpoint leads to it", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        await emulator.control.ai.setSentences(`${PROJECT}/Booking`, "book_flight", ["fly me away"]);
        expect(of(await examine(emulator, { bot }), "flow", '"Booking"')).toMatch(
            /^will not work: .*edited since they were trained\. Build the model in the editor/,
        );
    });

    test("says which endpoint of an environment is not there, not active, or somewhere else", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        await emulator.control.ai.patchEndpoint(`${PROJECT}/Staging`, { active: false, channel: "webchat3" });
        await emulator.control.ai.patchEndpoint(`${PROJECT}/Production`, { flowId: "another-flow" });
        const environments = JSON.stringify({
            live: ["Production", "Phone"],
            test: ["Staging"],
            both: ["Production", "Staging"],
            elsewhere: "Nowhere",
        });
        const findings = await examine(emulator, { bot, environments });
        expect(of(findings, "environment", '"live" (')).toMatch(/^will not work: .*has no endpoint "Phone"/);
        expect(of(findings, "environment", '"elsewhere" (')).toMatch(/^warning: .*has no endpoint "Nowhere"/);
        const test = of(findings, "environment", 'targetEnvironment "test"');
        expect(test).toMatch(/^will not work: .*"Staging" is not active; no endpoint of it has a test mode/);
        const both = of(findings, "environment", 'targetEnvironment "both"');
        expect(both).toContain('"Production" leads to flow another-flow, which the project does not have');
        expect(both).toContain(
            "its endpoints lead to different flows; its endpoints lead to different versions",
        );
        expect(of(findings, "environment", 'endpoint "Staging" belongs')).toContain('"test" and "both"');
    });

    test("leaves an endpoint that nobody set up for releases at a warning", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        await emulator.control.ai.patchEndpoint(`${PROJECT}/Staging`, { active: false });
        expect(of(await examine(emulator, { bot }), "environment", '"staging"')).toMatch(/^warning: /);
    });

    test("says when there is no room for one more snapshot, and whether a release may make some", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        for (let number = 1; number <= 9; number += 1) {
            await emulator.control.ai.snapshotByHand(PROJECT, {
                name: `by-hand-${number}`,
                description: "x",
            });
        }
        const full = of(await examine(emulator, { bot }), "snapshots");
        expect(full).toMatch(
            /^will not work: 10 of 10 snapshots: .*v1\.4\.1 \(live at "Production"; not made by a release\)/,
        );
        await emulator.control.ai.forgetSnapshot(`${PROJECT}/by-hand-9`);
        const description = `x\n[pulumi-cognigy flow=f content=sha256:${"a".repeat(64)} nodes=3]`;
        await emulator.control.ai.snapshotByHand(PROJECT, { name: "v1.4.0", description });
        const findings = await examine(emulator, { bot });
        expect(of(findings, "snapshots")).toMatch(/^warning: .*snapshots\.prune: true/);
        expect(of(findings, "fact: descriptions are kept")).toMatch(/^ok/);
        await emulator.control.ai.forgetSnapshot(`${PROJECT}/v1.4.0`);
        await emulator.control.ai.snapshotByHand(PROJECT, {
            name: "v1.4.0",
            description: description.slice(0, 40),
        });
        expect(of(await examine(emulator, { bot }), "fact: descriptions are kept")).toMatch(
            /^warning: .*v1\.4\.0 was cut/,
        );
    });

    test("tells what releases rely on where it is otherwise on a tenant", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        const instead = (path: string, body: JsonObject) =>
            emulator.control.addFault({
                match: { path },
                times: null,
                fault: { kind: "status", status: 200, body },
            });
        expect(of(await examine(emulator, { bot }), "fact: copies keep referenceIds")).toMatch(/^ok/);
        const copy = { _id: "a".repeat(24), referenceId: "another", name: "Booking" };
        await instead("/resources$", { items: [copy], total: 1 });
        const node = { _id: "b".repeat(24), type: "say", lastChanged: 4_000_000_000 };
        await instead("/chart$", { nodes: [node], relations: [] });
        const findings = await examine(emulator, { bot });
        expect(of(findings, "fact: copies keep referenceIds")).toMatch(
            /^will not work: flows have other referenceIds in the snapshot v1\.4\.1/,
        );
        expect(of(findings, "fact: flows are stamped")).toMatch(/^warning: a node of flow/);
        await emulator.control.clearFaults();
        await instead("/chart$", { nodes: [{ ...node, lastChanged: 1 }], relations: [] });
        expect(of(await examine(emulator, { bot }), "fact: flows are stamped")).toMatch(/^ok/);
    });

    test("says what runs in the project", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        const headers = { "x-api-key": KEY, "content-type": "application/json" };
        await emulator.control.ai.taskScript({ type: "restoreSnapshot", outcome: "stuck" });
        const [{ _id } = { _id: "" }] =
            (await emulator.control.ai.state()).projects.find(({ name }) => name === PROJECT)?.snapshots ??
            [];
        await fetch(`${emulator.url}/new/v2.0/snapshots/${_id}/restore`, { method: "POST", headers });
        await fetch(`${emulator.url}/new/v2.0/playbooks`, {
            method: "POST",
            headers,
            body: JSON.stringify({ projectId: bot, name: "pulumi-cognigy simulation: hello", timeout: 1000 }),
        });
        const findings = await examine(emulator, { bot });
        expect(of(findings, "tasks")).toMatch(/^warning: running: restoreSnapshot \w+ \((queued|active)\)/);
        expect(of(findings, "playbooks")).toMatch(
            /^warning: playbooks for `simulation\.playbooks`: "[^"]+"; 1 more that a simulation has made/,
        );
    });

    test("tells the version where there is one, and that the Simulator or the conversations do not answer", async () => {
        const emulator = await tenant();
        const bot = await projectId(emulator);
        await emulator.control.addFault({
            match: { path: "/openapi-viewer" },
            times: null,
            fault: { kind: "status", status: 200, body: { info: { version: "2026.10.0" } } },
        });
        await emulator.control.addFault({
            match: { path: "/testing/" },
            times: null,
            fault: { kind: "status", status: 404 },
        });
        const findings = await examine(emulator, { bot, endpointBaseUrl: "http://127.0.0.1:9" });
        expect(of(findings, "version")).toBe("ok: the platform's API is version 2026.10.0. ");
        expect(of(findings, "Simulator")).toMatch(/^warning: .*`simulation\.scenarios` cannot be played/);
        expect(of(findings, "conversations")).toMatch(/^will not work: .*Set cognigy:endpointBaseUrl/);
    });

    test("does not go on where nobody answers", async () => {
        const emulator = await tenant();
        await expect(examine(emulator, { baseUrl: "http://127.0.0.1:9" })).rejects.toMatchObject({
            kind: "unavailable",
        });
    });
});
