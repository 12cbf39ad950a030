/** Who writes into a ledger. */
export interface Author {
    /** Names the run: made at random, once for each run of a program. */
    run: string;
    /** The person or the machine account that runs it. Never a credential. */
    actor: string;
}

/** Where the actor's name is looked for, in this order: the user's own word first, then what the CI systems set. */
export const ACTOR_VARIABLES = [
    "COGNIGY_ACTOR",
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILD_REQUESTEDFOR",
    "BUILD_USER_ID",
    "BUILDKITE_BUILD_CREATOR",
    "CIRCLE_USERNAME",
    "BITBUCKET_STEP_TRIGGERER_UUID",
] as const;

/** A longer name is cut. */
const LONGEST_NAME = 200;

/**
 * Who runs this: the first of `ACTOR_VARIABLES` that is set, else the user of the machine.
 *
 * @param userName the machine's word for its user; it may throw where the user has no name.
 */
export function actorOf(environment: NodeJS.ProcessEnv, userName: () => string): string {
    const named = ACTOR_VARIABLES.map((name) => environment[name]?.trim()).find(Boolean);
    return (named ?? nameOr(userName, "unknown")).slice(0, LONGEST_NAME);
}

function nameOr(userName: () => string, fallback: string): string {
    try {
        return userName() || fallback;
    } catch {
        return fallback;
    }
}
