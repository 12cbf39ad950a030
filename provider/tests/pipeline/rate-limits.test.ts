import type { PlatformData } from "cognigy-emulator";
import { CONSTRUCTION_KEY } from "../../src/release/construction.js";
import { useWorlds } from "../support/harness.js";
import { platformData, releaseArgs } from "../support/platform-data.js";
import { Stack } from "../support/stack.js";

const startWorld = useWorlds();

const RELEASES = 10;
const DEPENDENCIES = 100;
const PER_SECOND = 20;

jest.setTimeout(60_000);

/** A bot of ten flows, each of which needs a hundred things of its own. */
function wideBot(): PlatformData {
    const data = platformData();
    const [bot] = data.bots;
    const [flow] = bot?.flows ?? [];
    if (!bot || !flow) {
        throw new Error("the data has no flow");
    }
    const names = (release: number) =>
        Array.from({ length: DEPENDENCIES }, (_, index) => `entity_${release}_${index}`);
    const numbers = Array.from({ length: RELEASES }, (_, release) => release);
    return {
        ...data,
        bots: [
            {
                ...bot,
                entities: [
                    ...(bot.entities ?? []),
                    ...numbers.flatMap((release) => names(release).map((id) => ({ id }))),
                ],
                flows: numbers.map((release) => ({
                    ...flow,
                    id: `wide_${release}`,
                    dependencies: names(release).map((resourceId, index) => ({
                        resourceType: "entity",
                        resourceId,
                        referencePath: `n3.${index}`,
                    })),
                })),
                deployments: [],
            },
        ],
    };
}

describe.each(["seconds", "date"] as const)("a wide stack under a rate limit that is told in %s", (form) => {
    test("goes live without a failure, at nine tenths of the allowed rate or more", async () => {
        const world = await startWorld({ data: wideBot() });
        await world.control.rateLimit({ perSecond: PER_SECOND, retryAfter: form });
        const began = world.clock.now();
        const program = world.provider();
        const releases = Array.from({ length: RELEASES }, (_, index) =>
            releaseArgs({ flowId: `wide_${index}`, health: { intervalSeconds: 1 } }),
        );
        const early = Promise.all(releases.map((args, index) => program.gateEarly(args, `asker ${index}`)));
        const provider = world.provider();
        const stacks = releases.map(() => new Stack(() => provider));
        await early;
        const seconds = (world.clock.now() - began) / 1000;
        const accepted = (await world.requests()).filter(({ status }) => status !== 429).length;
        expect((accepted - PER_SECOND) / seconds / PER_SECOND).toBeGreaterThan(0.9);
        for (const [index, stack] of stacks.entries()) {
            const args = { ...releases[index], [CONSTRUCTION_KEY]: { id: `asker ${index}`, name: "wide" } };
            expect(await stack.up(args)).toMatchObject({ outcome: "done" });
        }
        expect(world.story()).not.toContain("deployment_execution failed");
    });
});
