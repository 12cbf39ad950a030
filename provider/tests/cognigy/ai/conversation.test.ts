import type { z } from "zod";
import type { Endpoint } from "../../../src/cognigy/ai/answers.js";
import { answersWell, isTestable } from "../../../src/cognigy/ai/conversation.js";
import type { Call, HttpClient } from "../../../src/cognigy/http/client.js";

const endpoint = { URLToken: "token/with a slash" } as Endpoint;

function hostThatSays(...answers: unknown[]) {
    const asked: Call[] = [];
    const find = async (call: Call, schema: z.ZodType) => {
        asked.push(call);
        const answer = answers.shift();
        return answer === undefined ? undefined : schema.parse(answer);
    };
    return { http: { find } as unknown as HttpClient, asked };
}

test.each([
    ["a text", { text: "Where to?" }, true],
    ["one of several outputs", { text: "", outputStack: [{ text: null }, { text: "Where to?" }] }, true],
    ["nothing", { text: "", outputStack: [] }, false],
    ["only space", { text: " \n", outputStack: [{ text: " " }] }, false],
    ["that there is no conversation", undefined, false],
])("a bot that answers %s is well or not", async (_, answer, well) => {
    const { http } = hostThatSays(answer);
    expect(await answersWell(http, endpoint, { input: "hello" })).toBe(well);
});

test("what is expected stands in one of the outputs", async () => {
    const answer = { text: "Hello. Where to?", outputStack: [{ text: "Hello." }, { text: "Where to?" }] };
    const ask = (expected: string) =>
        answersWell(hostThatSays(answer).http, endpoint, { input: "hi", expected });
    expect(await ask("Where to")).toBe(true);
    expect(await ask("Goodbye")).toBe(false);
});

test("each utterance begins a conversation of its own: others stay with the version that they began with", async () => {
    const { http, asked } = hostThatSays({ text: "a" }, { text: "b" });
    await answersWell(http, endpoint, { input: "one" });
    await answersWell(http, endpoint, { input: "two" });
    const sessions = asked.map(({ json }) => (json as { sessionId: string }).sessionId);
    expect(new Set(sessions).size).toBe(2);
    expect(asked[0]?.path).toBe("/test/token%2Fwith%20a%20slash");
});

test("only channels with a test mode are talked to: conversations elsewhere are billed", () => {
    expect(
        ["rest", "socket", "webchat3", "voiceGateway2"].filter((channel) => isTestable({ channel })),
    ).toEqual(["rest", "socket"]);
});
