import semver from "semver";
import { type ForEnvironments, forEnvironments } from "../production";
import { releasePolicy } from "../release-policy";

/** Refuses a tag that is no semantic version, and a pre-release tag in production. */
export const semanticVersionTag = releasePolicy<ForEnvironments>({
    name: "semantic-version-tag",
    description: "A version tag is a semantic version, and in production not a pre-release.",
    settings: { environments: forEnvironments },
    judge: ({ versionTag, targetEnvironment }, { environments }) => {
        const version = semver.parse(versionTag);
        if (!version) {
            return {
                found: `the tag "${versionTag}" is no semantic version`,
                expected: "one such as v1.4.2",
                advice: "Change `versionTag`",
            };
        }
        if (version.prerelease.length > 0 && environments.includes(targetEnvironment)) {
            return {
                found: `the tag ${versionTag} is a pre-release`,
                expected: `a full version in ${targetEnvironment}`,
                advice: `Release ${version.major}.${version.minor}.${version.patch} when it is ready`,
            };
        }
        return undefined;
    },
});
