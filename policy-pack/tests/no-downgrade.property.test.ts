import fc from "fast-check";
import { noDowngrade } from "../src";
import { precedence } from "./support/precedence";
import { release, violations } from "./support/release";

// Few and close together, so that versions often differ in one place only.
const number = fc.oneof(fc.nat(2), fc.constantFrom(9, 10, 11, 99, 100));
const word = fc.oneof(
    fc.constantFrom("alpha", "beta", "rc", "RC", "a", "A", "-", "--", "1a", "0a", "x-1", "01x"),
    fc.stringMatching(/^[A-Za-z-][0-9A-Za-z-]{0,4}$/),
);
const preRelease = fc.array(fc.oneof(number.map(String), word), { maxLength: 3 });
const build = fc.array(fc.stringMatching(/^[0-9A-Za-z-]{1,4}$/), { maxLength: 2 });

const version = fc
    .tuple(fc.constantFrom("", "v"), number, number, number, preRelease, build)
    .map(
        ([v, major, minor, patch, fields, metadata]) =>
            `${v}${major}.${minor}.${patch}${fields.length > 0 ? `-${fields.join(".")}` : ""}` +
            `${metadata.length > 0 ? `+${metadata.join(".")}` : ""}`,
    );

/** Two versions, often of the same core. */
const step = fc.oneof(
    fc.tuple(version, version),
    fc.tuple(version, preRelease, preRelease, build).map(([base, one, other, metadata]): [string, string] => {
        const core = base.split(/[-+]/)[0] as string;
        const dashed = (fields: string[]) => (fields.length > 0 ? `-${fields.join(".")}` : "");
        const built = metadata.length > 0 ? `+${metadata.join(".")}` : "";
        return [`${core}${dashed(one)}`, `${core}${dashed(other)}${built}`];
    }),
);

function refuses(previous: string, versionTag: string): boolean {
    return (
        violations(noDowngrade, release({ versionTag, context: { previous: { versionTag: previous } } }))
            .length > 0
    );
}

describe("no-downgrade, for any two versions", () => {
    it("refuses the lower one, by the precedence of semver.org", () => {
        fc.assert(
            fc.property(step, ([previous, next]) => {
                expect(refuses(previous, next)).toBe(precedence(next, previous) < 0);
            }),
            { numRuns: 2000 },
        );
    });

    it("refuses one of the two directions at most", () => {
        fc.assert(
            fc.property(step, ([one, other]) => {
                expect(refuses(one, other) && refuses(other, one)).toBe(false);
            }),
        );
    });
});

describe("the precedence that it is compared with", () => {
    it("orders semver.org's own example", () => {
        const ordered =
            "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0";
        const versions = ordered.split(" ");
        for (const [index, one] of versions.entries()) {
            for (const [place, other] of versions.entries()) {
                expect(Math.sign(precedence(one, other))).toBe(Math.sign(index - place));
            }
        }
    });
});
