import { readFileSync, statSync } from "node:fs";

/** Bytes. Grow it when what is loaded is worth the time that each process of the engine's takes for it. */
const MOST = 650_000;

describe("what every process of the engine's loads", () => {
    const file = require.resolve("pulumi-cognigy/provider");

    it("fits its budget", () => {
        expect(statSync(file).size).toBeLessThan(MOST);
    });

    it("leaves out what no release needs", () => {
        const text = readFileSync(file, "utf8");
        // Messages of zod in other languages; undici's mocks and its client for web sockets.
        for (const name of ["se esperaba", "MockAgent", "WebSocket.prototype"]) {
            expect(text).not.toContain(name);
        }
    });
});
