import type { ResourceValidation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as pack from "../src";
import { release, validationArgs, violations } from "./support/release";

const { policies, releasePolicy, ...exported } = pack;

const LEVELS = [
    ["semantic-version-tag", "mandatory"],
    ["changelog-required", "mandatory"],
    ["simulation-required", "mandatory"],
    ["dependency-validation-required", "mandatory"],
    ["rollback-on-failure-required", "mandatory"],
    ["health-bake-required", "mandatory"],
    ["allowed-strategies", "mandatory"],
    ["allowed-environments", "mandatory"],
    ["no-downgrade", "mandatory"],
    ["promotion-order", "mandatory"],
    ["freeze-window", "mandatory"],
    ["one-release-per-flow", "mandatory"],
    ["no-inline-secrets", "mandatory"],
    ["blast-radius", "advisory"],
    ["rejected-content", "mandatory"],
];

const ofResources = policies.filter((policy) => "validateResource" in policy) as ResourceValidationPolicy[];

describe("the policies of the pack", () => {
    it("are the rules of release, at the levels that the documentation promises", () => {
        const levels = policies.map(({ name, enforcementLevel }) => [name, enforcementLevel]);
        expect(levels.sort()).toEqual(LEVELS.sort());
    });

    it("hold each policy that can be imported, once", () => {
        const imported = Object.values<ResourceValidationPolicy | StackValidationPolicy>(exported);
        expect(new Set(policies)).toEqual(new Set(imported));
        expect(policies).toHaveLength(imported.length);
    });

    it.each(Object.entries(exported))("%s is exported under its own name", (name, policy) => {
        expect(policy.name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())).toBe(name);
    });

    it.each(policies.map((policy) => [policy.name, policy] as const))(
        "%s says what it is for, and so does each of its settings, which has a default",
        (_, { description, configSchema }) => {
            expect(description).toMatch(/^[A-Z].*\.$/);
            for (const setting of Object.values(configSchema?.properties ?? {})) {
                expect(setting.description).toMatch(/^[A-Z].*\.$/);
                expect(setting.default).toBeDefined();
            }
        },
    );
});

describe.each(ofResources.map((policy) => [policy.name, policy] as const))("%s", (_, policy) => {
    it("has nothing against a good release", () => {
        expect(violations(policy, release())).toEqual([]);
    });

    it("leaves a release alone that the provider has refused, which comes without context and defaults", () => {
        expect(
            violations(policy, { versionTag: "1.4", changelog: "", targetEnvironment: "production" }),
        ).toEqual([]);
    });

    it("does not even look at a resource of another type", () => {
        const untouchable = new Proxy({}, { get: fail, ownKeys: fail, has: fail });
        const args = validationArgs(untouchable, undefined, "aws:s3/bucket:Bucket");
        const report = jest.fn();
        (policy.validateResource as ResourceValidation)(args, report);
        expect(report).not.toHaveBeenCalled();
    });
});

function fail(): never {
    throw new Error("this resource is none of the rule's business");
}

describe("a policy of a user's own", () => {
    const shortTags = releasePolicy<{ most: number }>(
        {
            name: "short-tags",
            description: "Tags are short.",
            settings: { most: { type: "integer", default: 6, description: "Characters." } },
            judge: ({ versionTag }, { most }, now) =>
                versionTag.length > most
                    ? { found: `${versionTag.length} at ${now}`, expected: `${most}`, advice: "Shorten it" }
                    : undefined,
        },
        () => 42,
    );

    it("is mandatory unless it says otherwise, gets its settings and the time, and reports in the same form", () => {
        expect(shortTags.enforcementLevel).toBe("mandatory");
        expect(violations(shortTags, release())).toEqual([]);
        expect(violations(shortTags, release(), { most: 5 })).toEqual([
            "Release v1.4.2 of flow flow_67890 (bot bot_12345) to production: 6 at 42; expected 5. Shorten it.",
        ]);
    });
});
