import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/root.mjs";

const EXAMPLE = join(root, "examples", "booking", "index.ts");

/** The files of a project that runs examples/booking. */
export function bookingProject() {
    return {
        "Pulumi.yaml": "name: booking\nruntime: nodejs\n",
        "index.ts": bookingProgram("v1.4.2", "Updated intent mapping for booking flow."),
        "package.json": '{ "name": "booking", "private": true, "main": "index.ts" }\n',
        "tsconfig.json":
            '{ "compilerOptions": { "target": "ES2022", "module": "nodenext", "strict": true } }\n',
    };
}

/**
 * The example with another version, as somebody would edit it.
 *
 * @param {string} versionTag
 * @param {string} changelog
 * @returns {string}
 */
export function bookingProgram(versionTag, changelog) {
    return readFileSync(EXAMPLE, "utf8")
        .replace(/versionTag: ".*"/, `versionTag: ${JSON.stringify(versionTag)}`)
        .replace(/changelog: ".*"/, `changelog: ${JSON.stringify(changelog)}`);
}
