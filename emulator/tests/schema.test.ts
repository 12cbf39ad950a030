import { compileCheck, compileGuard } from "../src/schema";

const check = compileCheck(
    {
        type: "object",
        properties: {
            "a/b~c": { type: "string" },
            list: { type: "array", items: { type: "object", required: ["id"] }, minItems: 2 },
            count: { type: "integer" },
        },
    },
    "The thing",
);

test.each<[unknown, string | null]>([
    [{}, null],
    [7, "The thing must be of type object."],
    [{ "a/b~c": 1 }, "a/b~c must be of type string."],
    [{ list: [{ id: 1 }, {}] }, "list[1].id is required."],
    [{ list: [{ id: 1 }] }, "list must have at least 2 items."],
    [{ count: "1" }, "count must be of type integer."],
])("%j", (value, problem) => {
    expect(check(value)).toBe(problem);
});

test("a guard throws the same sentence as a refusal", () => {
    const guard = compileGuard({ type: "string" }, "The name");
    guard("x");
    expect(() => guard(1)).toThrow(
        expect.objectContaining({ kind: "invalid", message: "The name must be of type string." }),
    );
});

test.each([
    ["2026-01-02T03:04:05Z", true],
    ["2026-01-02T03:04:05.123+02:00", true],
    ["2026-01-02T03:04:05", false],
    ["2026-13-02T03:04:05Z", false],
    ["2026-01-02T24:04:05Z", false],
    ["2026-01-02", false],
])("%s is a moment: %s", (text, expected) => {
    expect(compileCheck({ type: "string", format: "date-time" }, "It")(text) === null).toBe(expected);
});
