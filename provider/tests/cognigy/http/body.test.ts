import { Readable } from "node:stream";
import {
    AnswerTooLarge,
    LARGEST_ANSWER,
    LARGEST_REFUSAL,
    messageIn,
    readText,
} from "../../../src/cognigy/http/body.js";

describe("a body", () => {
    it("is read as a whole, also where a character is cut in two by the network", async () => {
        const bytes = Buffer.from("grüß dich 👋");
        const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
        expect(await readText(Readable.from(pieces))).toBe("grüß dich 👋");
        expect(await readText(Readable.from([]))).toBe("");
    });

    it("is read up to the limit, and not a byte further", async () => {
        const body = () => Readable.from([Buffer.alloc(5, "x"), Buffer.alloc(5, "y")]);
        expect(await readText(body(), 10)).toBe("xxxxxyyyyy");
        await expect(readText(body(), 9)).rejects.toThrow(AnswerTooLarge);
    });

    it("is not read on when it is too long", async () => {
        let given = 0;
        const endless = new Readable({
            read() {
                given += 1;
                this.push(Buffer.alloc(1024));
            },
        });
        await expect(readText(endless, 4096)).rejects.toThrow(AnswerTooLarge);
        expect(endless.destroyed).toBe(true);
        // Streams read ahead a little.
        expect(given).toBeLessThan(200);
    });

    it("may be 1 MB long, and a refusal 64 KB", () => {
        expect([LARGEST_ANSWER, LARGEST_REFUSAL]).toEqual([1_048_576, 65_536]);
    });
});

describe("what a refusal says", () => {
    it.each([
        ["its message", { message: "no such bot" }, "no such bot"],
        ["its detail", { title: "Bad", detail: "the tag is taken" }, "the tag is taken"],
        [
            "what OAuth calls a description",
            { error: "invalid_client", error_description: "unknown" },
            "unknown",
        ],
        ["its error where that is all", { error: "invalid_client" }, "invalid_client"],
        ["nothing where the error is an object", { error: { code: 1 } }, ""],
        ["nothing where the message is empty", { message: "  " }, ""],
        [
            "its detail with the platform's number and trace",
            { title: "Not Found", detail: "no such flow", code: 1002, traceId: "3f1c" },
            "no such flow; code 1002, trace 3f1c",
        ],
        ["a trace where that is all", { traceId: "3f1c" }, "trace 3f1c"],
        ["nothing where a number is a text", { code: "x", traceId: "" }, ""],
        ["nothing where it is a list", [], ""],
    ])("is %s", (_what, body, message) => {
        expect(messageIn(JSON.stringify(body))).toBe(message);
    });

    it.each(["", "<html>Bad gateway</html>", "null", '"text"', "{"])("is nothing where it is %j", (text) => {
        expect(messageIn(text)).toBe("");
    });
});
