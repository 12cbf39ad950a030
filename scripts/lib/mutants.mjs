import { Failure } from "./failure.mjs";

const FOLDERS = ["release", "pipeline"];

/**
 * The files whose mutants are tried, by the folder that they are in; a folder without files is tried whole.
 *
 * @param {string[]} names such as `release` or `pipeline/deploy`; none: every folder
 * @returns {Map<string, string[]>}
 */
export function byFolder(names) {
    const found = new Map();
    for (const name of names.length > 0 ? names : FOLDERS) {
        const [folder, ...path] = name.split("/");
        if (!FOLDERS.includes(folder)) {
            throw new Failure(
                `mutants: "${name}": expected ${FOLDERS.join(" or ")}, or a file there such as release/gates`,
            );
        }
        found.set(folder, [...(found.get(folder) ?? []), path.join("/")]);
    }
    return new Map([...found].map(([folder, files]) => [folder, pathsOf(folder, files)]));
}

/** No paths where the folder itself was named. */
function pathsOf(folder, files) {
    return files.includes("") ? [] : files.map((file) => `provider/src/${folder}/${file}.ts`);
}
