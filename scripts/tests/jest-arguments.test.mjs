import { needsEngine } from "../lib/jest-arguments.mjs";

test.each([
    [[], true],
    [["--verbose", "provider"], true],
    [["--selectProjects", "unit"], false],
    [["--selectProjects=unit"], false],
    [["--selectProjects", "unit", "engine"], true],
    [["--selectProjects", "unit", "--testNamePattern", "engine"], false],
    [["--selectProjects=engine"], true],
])("%j needs the engine: %s", (args, expected) => {
    expect(needsEngine(args)).toBe(expected);
});
