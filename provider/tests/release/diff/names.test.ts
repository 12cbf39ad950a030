import { isBackward, isLink, isOnward, isOpaque, isStart, wordsOf } from "../../../src/release/diff/names.js";
import { isOneOfMany } from "../../../src/release/diff/node.js";

describe("what a name tells", () => {
    it("of a property is whether it names nodes", () => {
        for (const name of [
            "next",
            "goTo",
            "target_node_id",
            "onError",
            "fallbackStep",
            "children",
            "steps",
        ]) {
            expect(`${name} ${isLink(name)}`).toBe(`${name} true`);
        }
        for (const name of ["text", "nextText", "context", "once", "on", "intent"]) {
            expect(`${name} ${isLink(name)}`).toBe(`${name} false`);
        }
        expect(["next", "children", "nextNode", "then"].map(isOnward)).toEqual([true, true, false, false]);
        expect(["parentId", "previous_node", "prev", "parents"].map(isBackward)).toEqual([
            true,
            true,
            true,
            false,
        ]);
    });

    it("of a type is whether a conversation begins there", () => {
        expect(["start", "Entry", "BEGIN", "restart", "starter"].map(isStart)).toEqual([
            true,
            true,
            true,
            false,
            false,
        ]);
    });

    it("is its words", () => {
        expect(wordsOf("timeoutMs")).toEqual(["timeout", "ms"]);
        expect(wordsOf("http2Request_url  (new)")).toEqual(["http2", "request", "url", "new"]);
        expect(wordsOf("[0]")).toEqual(["0"]);
        expect(wordsOf("naïveÜber-größe")).toEqual(["naïveüber", "größe"]);
        expect(wordsOf("")).toEqual([]);
    });

    it("of a text is whether no person wrote it", () => {
        const uuid = "a40b075c-0000-4000-8000-000000000001";
        const objectId = "69f91c27e8802ec7b45ad001";
        expect([uuid, objectId, objectId.toUpperCase()].map(isOpaque)).toEqual([true, true, true]);
        expect([`${uuid}0`, objectId.slice(1), "booking-of-a-flight-24-c", ""].map(isOpaque)).toEqual([
            ...[false, false, false, false],
        ]);
    });

    it("of a path is whether there may be several edges of it", () => {
        expect(["next", "next[]", "edges{}.target", "a.b"].map(isOneOfMany)).toEqual([
            false,
            true,
            true,
            false,
        ]);
    });
});
