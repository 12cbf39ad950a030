import { withoutCredentials } from "../../../src/release/diff/hidden.js";
import type { Value } from "../../../src/release/diff/value.js";

const fields = (record: Record<string, Value>): Value => new Map(Object.entries(record));

describe("a value without its credentials", () => {
    it.each([
        "password",
        "clientSecret",
        "access_token",
        "Authorization",
        "x-api-key",
        "Cookie",
        "privateKey",
    ])("shows nothing that stands under %s", (name) => {
        expect(withoutCredentials("anything", [name])).toBe("[not shown]");
        expect(withoutCredentials(fields({ [name]: "anything" }), ["headers"])).toEqual({
            [name]: "[not shown]",
        });
        expect(withoutCredentials(fields({ a: ["anything"] }), [name])).toEqual({ a: ["[not shown]"] });
    });

    it("shows nothing that looks like one, wherever it stands", () => {
        const source = 'const headers = { Authorization: "Bearer abcdefghijklmnopqrstuvwxyz" };';
        expect(withoutCredentials(source, ["source"])).toBe("[not shown]");
        expect(withoutCredentials([source, "Hello"], ["texts"])).toEqual(["[not shown]", "Hello"]);
    });

    it("shows the rest: numbers too where a credential could stand, and well-formed text", () => {
        expect(withoutCredentials(500, ["maxTokens"])).toBe(500);
        expect(withoutCredentials("gpt", ["maxTokens"])).toBe("gpt");
        expect(withoutCredentials(fields({ text: "Hi \ud800", list: [null, true] }), [])).toEqual({
            text: "Hi \uFFFD",
            list: [null, true],
        });
    });
});
