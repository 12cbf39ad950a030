import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ControlClient } from "../src/control-client";
import { checkData } from "../src/data/load";
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

test("every curl example in the readme is accepted", async () => {
    const { api, control } = await started();
    const examples = [
        ...readme.matchAll(
            /^curl (?:-X (\w+) )?localhost:4010(\S+)(?:[^'\n]*'[^'\n]*' \\\n {2}-d '([^']*)')?/gm,
        ),
    ];
    const answers = [];
    for (const [, method, path = "", body] of examples) {
        const sent = await api.send(method ?? (body === undefined ? "GET" : "POST"), path, {
            ...(body === undefined ? {} : { body }),
            headers: body === undefined ? {} : { "content-type": "application/json" },
        });
        answers.push([path, sent.status < 300]);
    }
    expect(examples).toHaveLength(readme.match(/^curl /gm)?.length ?? 0);
    expect(answers).toEqual(examples.map(([, , path]) => [path, true]));
    expect((await control.state()).live[0]?.versionTag).toBe("v1.4.9");
});

test("the readme knows every method of the control client", () => {
    const methods = Object.getOwnPropertyNames(ControlClient.prototype).filter(
        (name) => name !== "constructor",
    );
    expect(methods.filter((name) => !readme.includes(`\`${name}(`))).toEqual([]);
});
