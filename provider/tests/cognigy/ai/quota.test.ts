import { useAiWorlds } from "../../support/ai-world.js";

const startWorld = useAiWorlds();

test("a release goes through where more calls than are allowed are needed: it waits, and says so to nobody", async () => {
    const { world, args, leadsTo } = await startWorld();
    await world.control.ai.quota({ requests: 40, windowSeconds: 300 });
    const before = world.clock.now();
    const { simulation: _, ...release } = args();
    expect((await world.up(release)).outcome).toBe("done");
    expect(await leadsTo()).toBe("v1.4.2");
    const refused = (await world.control.requests()).filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    // Nobody goes on asking while the window is closed.
    expect(refused.length).toBeLessThan(40);
    expect(world.clock.now() - before).toBeGreaterThan(300_000);
});

test("one release of a small flow takes far fewer calls than are allowed in five minutes", async () => {
    const { world, args } = await startWorld();
    await world.up(args());
    expect((await world.requests()).length).toBeLessThan(300);
});
