import { semanticVersionTag } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const RC = { versionTag: "v1.4.2-rc.1" };

describe("semantic-version-tag", () => {
    it.each(["v1.4.2", "1.4.2", "v0.0.1", "v1.4.2+build.7"])("lets %s through", (versionTag) => {
        expect(violations(semanticVersionTag, release({ versionTag }))).toEqual([]);
    });

    it.each(["1.4", "latest", "v01.2.3", "version-1.4.2", "", "v1.4.2.1"])(
        "refuses %j, which is no semantic version, in every environment",
        (versionTag) => {
            for (const targetEnvironment of ["production", "staging"]) {
                expect(violations(semanticVersionTag, release({ versionTag, targetEnvironment }))).toEqual([
                    message(
                        `the tag "${versionTag}" is no semantic version; expected one such as v1.4.2. Change \`versionTag\`.`,
                        { versionTag, targetEnvironment },
                    ),
                ]);
            }
        },
    );

    it("refuses a pre-release in production, and says which version it is to become", () => {
        expect(violations(semanticVersionTag, release(RC))).toEqual([
            message(
                "the tag v1.4.2-rc.1 is a pre-release; expected a full version in production. Release 1.4.2 when it is ready.",
                RC,
            ),
        ]);
    });

    it.each(["v1.4.2-rc", "1.4.2-0+build.7"])("refuses %s in production, which is one too", (versionTag) => {
        expect(violations(semanticVersionTag, release({ versionTag }))).toEqual([
            message(
                `the tag ${versionTag} is a pre-release; expected a full version in production. Release 1.4.2 when it is ready.`,
                { versionTag },
            ),
        ]);
    });

    it("lets a pre-release through elsewhere", () => {
        expect(violations(semanticVersionTag, release({ ...RC, targetEnvironment: "staging" }))).toEqual([]);
    });

    it("takes the environments from the config", () => {
        const config = { environments: ["staging"] };
        const staging = { ...RC, targetEnvironment: "staging" };
        expect(violations(semanticVersionTag, release(RC), config)).toEqual([]);
        expect(violations(semanticVersionTag, release(staging), config)).toEqual([
            message(
                "the tag v1.4.2-rc.1 is a pre-release; expected a full version in staging. Release 1.4.2 when it is ready.",
                staging,
            ),
        ]);
    });

    it.each(["versionTag", "targetEnvironment"])("waits for %s to be known", (name) => {
        expect(undecidedAt(semanticVersionTag, release({ [name]: UNKNOWN }))).toBe(name);
    });
});
