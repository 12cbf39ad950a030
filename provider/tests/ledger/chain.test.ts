import { createHash } from "node:crypto";
import fc from "fast-check";
import { GENESIS, hashOf, seal } from "../../src/ledger/chain.js";
import { canonicalJson } from "../../src/release/canonical.js";

describe("a chain of events", () => {
    it("begins with zeros", () => {
        expect(GENESIS).toMatch(/^sha256:0{64}$/);
    });

    it("has in each event the SHA-256 of its canonical JSON, and that of the event before", () => {
        const text = `{"a":1,"b":[2],"previous_hash":"${GENESIS}"}`;
        const hash = `sha256:${createHash("sha256").update(text).digest("hex")}`;
        const first = seal({ b: [2], a: 1 }, GENESIS);
        expect(first).toEqual({ a: 1, b: [2], previous_hash: GENESIS, hash });
        expect(seal({ c: 3 }, first.hash).previous_hash).toBe(hash);
    });

    it("can be recomputed from what was written, whatever an event says", () => {
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.anything({ withBigInt: false })), (details) => {
                const event = seal({ details }, GENESIS);
                const read = JSON.parse(canonicalJson(event)) as typeof event;
                expect(hashOf(read)).toBe(event.hash);
                expect(canonicalJson(read)).toBe(canonicalJson(event));
            }),
        );
    });
});
