import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AiControlClient } from "../src/ai/control-client";
import { demoUser } from "../src/ai/data/demo-user";
import { defaultVariants } from "../src/ai/variants";
import { ControlClient } from "../src/control-client";
import { checkData } from "../src/data/load";
import { Api } from "./support/api";
import { started } from "./support/started";

const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");

test("the data file in the readme loads, and its flow works", async () => {
    const [, text = ""] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    const { api, clock } = await started(checkData(JSON.parse(text)));
    const { body } = await api.post("/api/v2/simulations", {
        flowId: "orders",
        testCases: [{ input: "order pizza", expectedIntent: "order_pizza" }],
        timeout_seconds: 10,
    });
    await clock.advance(150);
    const { steps } = (await api.get(`/api/v2/simulations/${body.simulationId}/results`)).body;
    expect(steps).toMatchObject([{ status: "passed" }]);
});

/** What a curl command in the readme sends. */
function requestOf(command: string) {
    const line = command.replaceAll(/\\\n\s*/g, " ").replaceAll('"$KEY"', `'X-API-Key: ${demoUser.apiKey}'`);
    const [, path = ""] = /localhost:4010([^\s']*)/.exec(line) ?? [];
    const [, body] = / -d '([^']*)'/.exec(line) ?? [];
    const headers = [...line.matchAll(/ -H '([^:]*): ([^']*)'/g)].map(([, name, value]) => [name, value]);
    const [, method = body === undefined ? "GET" : "POST"] = / -X (\w+)/.exec(line) ?? [];
    return {
        method,
        path,
        init: { headers: Object.fromEntries(headers), ...(body === undefined ? {} : { body }) },
    };
}

test("every curl example in the readme is accepted, and does what it says", async () => {
    const { api, control, emulator } = await started();
    const commands = readme.match(/^curl (?:.*\\\n)*.*$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(20);
    for (const command of commands) {
        const { method, path, init } = requestOf(command);
        const sent = await new Api(api.url).send(method, path, init);
        expect([path, sent.status < 300]).toEqual([path, true]);
    }
    expect((await control.state()).live[0]?.versionTag).toBe("v1.4.9");
    const [project] = (await control.ai.state()).projects;
    expect(project?.endpoints[1]).toMatchObject({
        snapshot: "v1.4.9",
        conversation: { sequence: ["error", "silent"] },
    });
    expect(emulator.ai.variants.now.propagationMs).toBe(20_000);
});

test("the readme knows every variant with its default", () => {
    for (const [name, value] of Object.entries(defaultVariants)) {
        const [row] = readme.match(new RegExp(`^\\| .*\`${name}\`.*$`, "m")) ?? [];
        expect([name, row?.includes(`\`${value}\``)]).toEqual([name, true]);
    }
});

test("the readme knows every method of the control client", () => {
    const methods = [ControlClient, AiControlClient]
        .flatMap((client) => Object.getOwnPropertyNames(client.prototype))
        .filter((name) => name !== "constructor");
    expect(methods.filter((name) => !readme.includes(`\`${name}(`))).toEqual([]);
});
