/** Says what is wrong with the config of a rule. */
export function configError(rule: string, problems: string[]): Error {
    const error = new Error(`the config of ${rule} is wrong: ${problems.join("; ")}`);
    // Told to people: where in the code it was found says nothing to them.
    error.stack = error.message;
    return error;
}
