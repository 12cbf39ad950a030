import { credentialIn } from "../../src/release/credentials.js";

describe("a credential in a text", () => {
    it.each([
        ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
        ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ5b3UifQ.c2lnbmF0dXJl", "a JSON web token"],
        ["Authorization: Bearer abcdefghijklmnop", "a bearer token"],
        ["https://user:secret@example.com", "a password in an address"],
        ["apiKey = '0123456789'", "a credential"],
    ])("is known by its form: %s", (text, kind) => {
        expect(credentialIn(text)).toBe(kind);
    });

    it.each(["Hello", "Where is my token?", "https://example.com/a:b", "{{context.token}}"])(
        "is not seen where there is none: %s",
        (text) => {
            expect(credentialIn(text)).toBeUndefined();
        },
    );

    it.each(["a-", "eyJ", "bearer ", "-----BEGIN ", "a://b:", "password ", "sk-"])(
        "is looked for in a long text in no time: %s, over and over",
        (text) => {
            credentialIn(text.repeat(200_000));
        },
    );
});
