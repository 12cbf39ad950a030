import fc from "fast-check";
import { ON_CONFLICT, ON_DELETE, ON_INCONCLUSIVE, STRATEGIES } from "../../src/release/inputs.js";

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const optional = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record(shape, { requiredKeys: [] });
const text = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const seconds = fc.integer({ min: 2, max: 900 });

/** What a program may declare: every argument that has a default may be left out, say the same as it, or something else. */
export const anyDeclaration: fc.Arbitrary<Record<string, unknown>> = fc
    .record(
        {
            botId: fc.constant("bot_12345"),
            flowId: fc.constant("flow_67890"),
            versionTag: fc.constantFrom("v1.4.2", "2.0.0-rc.1"),
            changelog: text,
            targetEnvironment: fc.constantFrom("production", "staging"),
            createdBy: some(fc.constantFrom("pulumi", "ci")),
            connection: some(fc.constantFrom("cognigy", "cognigy-eu")),
            dependencies: some(optional({ validate: fc.boolean() })),
            simulation: some(
                fc.record(
                    {
                        testCases: fc.array(fc.record({ input: text, expectedIntent: text }), {
                            minLength: 1,
                            maxLength: 3,
                        }),
                        timeoutSeconds: fc.constantFrom(120, 60),
                        minPassRate: fc.constantFrom(1, 0.5),
                    },
                    { requiredKeys: ["testCases"] },
                ),
            ),
            deployment: some(
                optional({
                    strategy: fc.constantFrom(...STRATEGIES),
                    timeoutSeconds: fc.constantFrom(600, 30),
                    rollbackOnFailure: fc.boolean(),
                    onConflict: fc.constantFrom(...ON_CONFLICT),
                    downgrade: text,
                }),
            ),
            health: some(
                optional({
                    intervalSeconds: fc.constantFrom(15, 0.5),
                    failuresAllowed: fc.integer({ min: 0, max: 3 }),
                    timeoutSeconds: seconds,
                    onInconclusive: fc.constantFrom(...ON_INCONCLUSIVE),
                }),
            ),
            artifact: some(fc.record({ directory: text })),
            onDelete: some(fc.constantFrom(...ON_DELETE)),
            adopt: some(fc.boolean()),
        },
        { requiredKeys: ["botId", "flowId", "versionTag", "changelog", "targetEnvironment"] },
    )
    .map((declared) => JSON.parse(JSON.stringify(declared)));
