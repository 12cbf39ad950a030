import * as fc from "fast-check";
import { AiPlatform } from "../../src/ai/platform";
import { snapshotLimit } from "../../src/ai/snapshots";
import { ManualClock } from "../../src/manual-clock";
import { travelBot } from "../support/travel-bot";

type Step =
    | { readonly kind: "create"; readonly name: string }
    | { readonly kind: "delete" | "attach"; readonly at: number }
    | { readonly kind: "wait"; readonly ms: number };

const name = fc.integer({ min: 0, max: 14 }).map((number) => `v${number}`);
const at = fc.nat(12);
const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("create" as const), name }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("delete" as const, "attach" as const), at }) },
    {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 400 }) }),
    },
);

test("whatever is done in whatever order, names are unique, there are ten at most, and what is attached stays", async () => {
    await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
            const clock = new ManualClock();
            const platform = new AiPlatform(travelBot, clock);
            const [project] = platform.projects.list();
            if (project === undefined) {
                throw new Error("There is no project.");
            }
            for (const action of steps) {
                platform.settle();
                const snapshots = platform.snapshots.of(project._id);
                const chosen =
                    "at" in action ? snapshots[action.at % Math.max(1, snapshots.length)] : undefined;
                if (action.kind === "create") {
                    platform.snapshots.create(project, { name: action.name, description: "" }, "user");
                } else if (action.kind === "wait") {
                    await clock.advance(action.ms);
                } else if (chosen !== undefined && action.kind === "delete") {
                    platform.snapshots.remove(chosen, "user");
                } else if (chosen !== undefined) {
                    const [endpoint] = project.of("endpoint");
                    platform.endpoints.patch(project, endpoint as never, { entrypoint: chosen._id }, "user");
                }
                platform.settle();
                const names = platform.snapshots.of(project._id).map((snapshot) => snapshot.name);
                expect(new Set(names).size).toBe(names.length);
                expect(names.length).toBeLessThanOrEqual(snapshotLimit);
                for (const { entrypoint } of project.of("endpoint")) {
                    expect(platform.entrypoints.open(entrypoint)).toBeDefined();
                }
            }
        }),
        { numRuns: 60 },
    );
});
