/** Which of two versions comes first, word for word as semver.org has it (version 2.0.0, item 11): below 0, 0, above 0. */
export function precedence(one: string, other: string): number {
    const [a, b] = [partsOf(one), partsOf(other)];
    for (const part of ["major", "minor", "patch"] as const) {
        if (a[part] !== b[part]) {
            return a[part] - b[part];
        }
    }
    // A version with a pre-release comes before the one without.
    if (a.preRelease.length === 0 || b.preRelease.length === 0) {
        return Number(a.preRelease.length === 0) - Number(b.preRelease.length === 0);
    }
    for (let place = 0; ; place += 1) {
        const [left, right] = [a.preRelease[place], b.preRelease[place]];
        // All fields before are the same: the larger set of fields comes later.
        if (left === undefined || right === undefined) {
            return Number(left !== undefined) - Number(right !== undefined);
        }
        if (left !== right) {
            return compareFields(left, right);
        }
    }
}

function compareFields(left: string, right: string): number {
    const numeric = (field: string) => /^\d+$/.test(field);
    if (numeric(left) && numeric(right)) {
        return Number(left) - Number(right);
    }
    if (numeric(left) !== numeric(right)) {
        return numeric(left) ? -1 : 1;
    }
    // In ASCII order, which is that of JavaScript's strings.
    return left < right ? -1 : 1;
}

/** Build metadata counts for nothing. */
function partsOf(version: string) {
    const [withoutBuild = ""] = version.replace(/^v/, "").split("+");
    const dash = withoutBuild.indexOf("-");
    const [core, preRelease] =
        dash === -1 ? [withoutBuild, ""] : [withoutBuild.slice(0, dash), withoutBuild.slice(dash + 1)];
    const [major = 0, minor = 0, patch = 0] = core.split(".").map(Number);
    return { major, minor, patch, preRelease: preRelease === "" ? [] : preRelease.split(".") };
}
