import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type Alone, buildAlone } from "../support/alone.js";
import { removeTemporaryFolders } from "../support/temporary-folder.js";
import { WebServer } from "../support/web-server.js";

const MB = 1024 * 1024;
const WITHOUT_END = Number.POSITIVE_INFINITY;

/** An answer: what it begins with, what comes again and again until it is so large, and what it ends with. */
interface Answer {
    head?: string;
    again: string;
    megabytes: number;
    tail?: string;
}

const node =
    '{"id":"n1","type":"say","label":"Hello","next":"n2","config":{"text":["How can I help you today?","Welcome"]}}';
const inFlow = (again: string, megabytes: number, tail: string): Answer => ({
    head: '{"id":"flow_67890","updated_at":"2026-01-02T03:04:05Z","nodes":[',
    again,
    megabytes,
    tail: `${tail}]}`,
});
const inList = (name: string, again: string, megabytes: number): Answer => ({
    head: `{"${name}":[`,
    again,
    megabytes,
    tail: '{"a":1}]}',
});
const TOO_LARGE = (most: number) => `was answered with more than ${most} MB: expected a shorter JSON answer.`;
const TOO_MANY = "does not fit the contract: it holds more than two million values.";

let alone: Awaited<ReturnType<typeof buildAlone>>;
beforeAll(async () => {
    alone = await buildAlone();
});
afterAll(removeTemporaryFolders);

/** Makes a call in a process of its own against a server that answers so. */
async function cost(call: string, answer: Answer): Promise<Alone> {
    const web = await WebServer.start(() => (response) => void send(response, answer));
    try {
        return await alone(web.origin, call);
    } finally {
        await web.stop();
    }
}

async function send(response: ServerResponse, { head = "", again, megabytes, tail }: Answer): Promise<void> {
    const chunk = Buffer.from(again.repeat(Math.ceil(MB / 4 / again.length)));
    response.writeHead(200);
    response.write(head);
    for (let sent = chunk.length; sent <= megabytes * MB && !response.destroyed; sent += chunk.length) {
        await new Promise<void>((resolve) => response.write(chunk, () => resolve()));
    }
    response.end(tail);
}

describe("an answer of two hundred megabytes", () => {
    it.each<[string, string, Answer, number]>([
        ["the health", "health", inList("x", "[],", 200), 1],
        ["a flow", "flow", inFlow(`${node},`, 200, node), 32],
        ["a flow, all of it one text", "flow", inFlow("x", 200, '"}'), 32],
        ["deployments", "deployments", inList("items", "{},", 200), 32],
    ])("in place of %s is cut off and told", async (_what, call, answer, most) => {
        const { ended, megabytes } = await cost(call, answer);
        expect(ended).toContain(TOO_LARGE(most));
        expect(megabytes).toBeLessThan(120);
    });

    it("in place of an exported version to compare with is left alone", async () => {
        const { ended, megabytes } = await cost("releasedFlow", inList("flows", `${node},`, 200));
        expect(ended).toBeUndefined();
        expect(megabytes).toBeLessThan(140);
    });

    it("that is an artifact is written down as it comes", async () => {
        const { ended, megabytes } = await cost("artifact", { again: "0123456789abcdef", megabytes: 200 });
        const bytes = 200 * MB;
        const sha256 = createHash("sha256")
            .update("0123456789abcdef".repeat(bytes / 16))
            .digest("hex");
        expect(ended).toMatchObject({ bytes, sha256 });
        expect(megabytes).toBeLessThan(120);
    });
});

describe("an answer without end", () => {
    it.each([
        ["dependencies", 1],
        ["simulation", 16],
        ["flow", 32],
    ])("in place of the %s is cut off and told", async (call, most) => {
        const { ended, megabytes } = await cost(call, inList("items", `${node},`, WITHOUT_END));
        expect(ended).toContain(TOO_LARGE(most));
        expect(megabytes).toBeLessThan(120);
    });
});

describe("an answer that is small and stands for much", () => {
    it.each<[string, string, Answer]>([
        ["a flow of ten million empty nodes", "flow", inFlow("{},", 31, node)],
        [
            "a flow with a list of sixteen million numbers",
            "flow",
            inFlow(`{"x":[${"1,".repeat(1e5)}1]},`, 31, node),
        ],
        ["ten million deployments that are none", "deployments", inList("items", "{},", 31)],
    ])("is not built: %s", async (_what, call, answer) => {
        const { ended, megabytes } = await cost(call, answer);
        expect(ended).toContain(TOO_MANY);
        expect(megabytes).toBeLessThan(250);
    });

    it("is not built in place of an exported version to compare with", async () => {
        const { ended, megabytes } = await cost("releasedFlow", inList("flows", "[],", 60));
        expect(ended).toBeUndefined();
        expect(megabytes).toBeLessThan(300);
    });

    it.each<[string, string, Answer, string | RegExp]>([
        [
            "a million nodes that are none",
            "flow",
            inFlow("0,", 3.5, "0"),
            "nodes.0: Invalid input: expected object",
        ],
        [
            "as many deployments that are none",
            "deployments",
            inList("items", "0,", 3.5),
            "items.0: Invalid input",
        ],
        ["a flow as large as may be", "flow", inFlow(`${node},`, 16, node), /^sha256:/],
    ])("costs a fraction of what may be in use: %s", async (_what, call, answer, ending) => {
        const { ended, megabytes } = await cost(call, answer);
        expect(ended).toEqual(expect.stringMatching(ending));
        expect(megabytes).toBeLessThan(400);
    });
});
