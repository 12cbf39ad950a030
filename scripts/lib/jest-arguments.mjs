/**
 * Whether the tests that these jest arguments select need the engine: all do, unless only other projects are selected.
 *
 * @param {string[]} args
 * @returns {boolean}
 */
export function needsEngine(args) {
    const selected = valuesOf("--selectProjects", args);
    return selected === undefined || selected.includes("engine");
}

/** The values of an option that takes several: `--option a b` or `--option=a`. */
function valuesOf(option, args) {
    const index = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`));
    if (index === -1) {
        return undefined;
    }
    const following = args.slice(index + 1);
    const end = following.findIndex((arg) => arg.startsWith("-"));
    return args[index] === option
        ? following.slice(0, end === -1 ? following.length : end)
        : [args[index].slice(option.length + 1)];
}
