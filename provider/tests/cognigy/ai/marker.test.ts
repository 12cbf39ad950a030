import * as fc from "fast-check";
import { describe as describeSnapshot, markedIn } from "../../../src/cognigy/ai/marker.js";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const marked = fc.record({ flowId: fc.uuid(), contentHash: hash, nodesCount: fc.nat() });
const changelog = fc.oneof(
    fc.string({ unit: "binary", maxLength: 1_000 }),
    // Somebody copies the description of another snapshot.
    fc.tuple(fc.string(), marked).map(([text, other]) => describeSnapshot(text, other)),
);

test("a description says what a snapshot was made of, whatever its changelog is", () => {
    fc.assert(
        fc.property(changelog, marked, (text, given) => {
            expect(markedIn(describeSnapshot(text, given))).toEqual(given);
        }),
    );
});

test("a description is as short as the product takes it, in well-formed Unicode, and begins with the changelog", () => {
    fc.assert(
        fc.property(changelog, marked, (text, given) => {
            const description = describeSnapshot(text, given);
            expect(description.length).toBeLessThanOrEqual(500);
            expect(description.isWellFormed()).toBe(true);
            expect(description.startsWith(text.slice(0, 100).toWellFormed().slice(0, 99))).toBe(true);
        }),
    );
});

test("what people write by hand says nothing of a content", () => {
    fc.assert(fc.property(fc.string(), (text) => expect(markedIn(text)).toBeUndefined()));
    expect(markedIn(undefined)).toBeUndefined();
    expect(markedIn("[pulumi-cognigy flow=f content=sha256:1 nodes=4]")).toBeUndefined();
});

test("a platform that trims or adds space at the end of a description does not matter", () => {
    const given = { flowId: "f-1", contentHash: `sha256:${"0".repeat(64)}`, nodesCount: 4 };
    expect(markedIn(`${describeSnapshot("", given)}\n `.trimStart())).toEqual(given);
});
