import { dependencyValidationRequired } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const TEXT =
    "its dependencies are not validated; expected validated dependencies for production. " +
    "Take `dependencies.validate: false` out.";

describe("dependency-validation-required", () => {
    it("lets validated dependencies through", () => {
        expect(violations(dependencyValidationRequired, release())).toEqual([]);
    });

    it.each([
        ["validation is switched off", { dependencies: { validate: false } }],
        ["validation did not run", { gates: { dependencies: { validated: false, checked: 0 } } }],
        ["no gate ran", { gates: undefined }],
    ])("refuses production where %s", (_, changes) => {
        expect(violations(dependencyValidationRequired, release(changes))).toEqual([message(TEXT)]);
    });

    it("asks nothing of other environments, unless the config does", () => {
        const staging = release({ dependencies: { validate: false }, targetEnvironment: "staging" });
        expect(violations(dependencyValidationRequired, staging)).toEqual([]);
        expect(violations(dependencyValidationRequired, staging, { environments: ["staging"] })).toEqual([
            message(TEXT.replace("production", "staging"), { targetEnvironment: "staging" }),
        ]);
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["dependencies", { dependencies: UNKNOWN }],
        ["dependencies.validate", { dependencies: { validate: UNKNOWN } }],
        ["gates", { gates: UNKNOWN }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(dependencyValidationRequired, release(changes))).toBe(path);
    });
});
