import { ACTOR_VARIABLES, actorOf } from "../../src/ledger/author.js";

const machineUser = () => "alex";

describe("who runs a release", () => {
    it("is the user of the machine where nothing else is said", () => {
        expect(actorOf({ USER: "somebody" }, machineUser)).toBe("alex");
    });

    it("is whom the CI system names, and whom the user names before that", () => {
        const environment: Record<string, string> = {};
        for (const variable of [...ACTOR_VARIABLES].reverse()) {
            environment[variable] = `name from ${variable}`;
            expect(actorOf(environment, machineUser)).toBe(`name from ${variable}`);
        }
        expect(ACTOR_VARIABLES[0]).toBe("COGNIGY_ACTOR");
    });

    it("is not an empty name", () => {
        expect(
            actorOf({ COGNIGY_ACTOR: "", GITHUB_ACTOR: "  ", GITLAB_USER_LOGIN: " kim " }, machineUser),
        ).toBe("kim");
    });

    it("is unknown where the machine has no name for its user", () => {
        const nameless = () => {
            throw new Error("ENOENT: no such user");
        };
        expect(actorOf({}, nameless)).toBe("unknown");
        expect(actorOf({}, () => "")).toBe("unknown");
    });

    it("is cut where the name is no name", () => {
        expect(actorOf({ GITHUB_ACTOR: "x".repeat(10_000) }, machineUser)).toHaveLength(200);
    });
});
