import { type ForEnvironments, forEnvironments } from "../production";
import { releasePolicy } from "../release-policy";

/** Refuses production without validated dependencies. */
export const dependencyValidationRequired = releasePolicy<ForEnvironments>({
    name: "dependency-validation-required",
    description: "Everything that a flow needs is checked before a release.",
    settings: { environments: forEnvironments },
    judge: ({ targetEnvironment, dependencies, gates }, { environments }) =>
        environments.includes(targetEnvironment) && !(dependencies.validate && gates?.dependencies.validated)
            ? {
                  found: "its dependencies are not validated",
                  expected: `validated dependencies for ${targetEnvironment}`,
                  advice: "Take `dependencies.validate: false` out",
              }
            : undefined,
});
