import { redact } from "../src/redact";

test.each([
    [
        { client_secret: "x", client_id: "y" },
        { client_secret: "[redacted]", client_id: "y" },
    ],
    [{ deep: [{ accessToken: { value: "x" } }] }, { deep: [{ accessToken: "[redacted]" }] }],
    [
        { password: 1, Authorization: "Bearer x" },
        { password: "[redacted]", Authorization: "[redacted]" },
    ],
    [
        { "x-api-key": "k", apiKey: "k" },
        { "x-api-key": "[redacted]", apiKey: "[redacted]" },
    ],
    [
        ["plain", 1, null, true],
        ["plain", 1, null, true],
    ],
    ["text", "text"],
])("%j", (value, expected) => {
    expect(redact(value)).toEqual(expected);
});
