import { ReleaseError } from "../../release/failure.js";

/**
 * The one thing of a name.
 *
 * @param kind what it is, such as `playbook`; the property that names it is `simulation.` and the plural.
 * @throws ReleaseError where there is none, or several.
 */
export function onlyOne<T>(found: readonly T[], kind: string, name: string): T {
    const [one] = found;
    if (one === undefined || found.length > 1) {
        throw new ReleaseError(
            `\`simulation.${kind}s\`: the project has ${one === undefined ? `no ${kind}` : `${found.length} ${kind}s`} named ` +
                `"${name}". Expected the name of one that no other has.`,
        );
    }
    return one;
}
