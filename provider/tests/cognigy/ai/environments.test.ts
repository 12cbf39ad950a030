import { PROJECT, useAiWorlds } from "../../support/ai-world.js";
import { reasonOf } from "../../support/harness.js";

const startWorld = useAiWorlds();
const BOTH = { "cognigy:environments": JSON.stringify({ live: ["Production", "Staging"] }) };

describe("an environment of several endpoints", () => {
    test("is switched as one, its first endpoint last", async () => {
        const { world, args, leadsTo, state } = await startWorld({ config: BOTH });
        expect((await world.up(args({ targetEnvironment: "live" }))).outcome).toBe("done");
        expect([await leadsTo("Production"), await leadsTo("Staging")]).toEqual(["v1.4.2", "v1.4.2"]);
        const { projects } = await state();
        const idOf = (name: string) =>
            projects.find((one) => one.name === PROJECT)?.endpoints.find((one) => one.name === name)?._id;
        expect(await world.calls(/^PATCH/)).toEqual([
            `PATCH /new/v2.0/endpoints/${idOf("Staging")}`,
            `PATCH /new/v2.0/endpoints/${idOf("Production")}`,
        ]);
    });

    test("is put back where one of its endpoints cannot be switched, and the next run goes on", async () => {
        const { world, args, leadsTo } = await startWorld({ config: BOTH });
        await world.control.addFault({
            match: { method: "PATCH", path: "/endpoints/" },
            skip: 1,
            fault: { kind: "status", status: 400 },
        });
        const failed = await world.up(args({ targetEnvironment: "live" }));
        expect(reasonOf(failed)).toMatch(/PATCH \S+ was answered with 400/);
        expect([await leadsTo("Production"), await leadsTo("Staging")]).toEqual(["v1.4.1", "draft"]);
        expect((await world.up(args({ targetEnvironment: "live" }))).outcome).toBe("done");
        expect([await leadsTo("Production"), await leadsTo("Staging")]).toEqual(["v1.4.2", "v1.4.2"]);
    });

    test("goes back each to where it led, with destroy", async () => {
        const { world, args, leadsTo } = await startWorld({ config: BOTH });
        await world.up(args({ targetEnvironment: "live" }));
        await world.stack.destroy();
        expect([await leadsTo("Production"), await leadsTo("Staging")]).toEqual(["v1.4.1", "draft"]);
    });

    test("is refused where one of them is not there, or leads to another flow", async () => {
        const config = { "cognigy:environments": JSON.stringify({ live: ["Production", "Phone"] }) };
        const lacking = await startWorld({ config });
        expect(reasonOf(await lacking.world.up(lacking.args({ targetEnvironment: "live" })))).toContain(
            'has no endpoint "Phone", which the environment "live" consists of',
        );
        const { world, args } = await startWorld({ config: BOTH });
        await world.control.ai.patchEndpoint(`${PROJECT}/Staging`, { flowId: "another" });
        expect(reasonOf(await world.up(args({ targetEnvironment: "live" })))).toContain(
            'endpoint "Staging" leads to another flow (another)',
        );
    });
});

describe("a rollback to a snapshot that is gone", () => {
    test("is refused, and says that the endpoint is to be switched by hand", async () => {
        const { world, args, leadsTo } = await startWorld();
        await world.up(args());
        await world.control.ai.forgetSnapshot(`${PROJECT}/v1.4.1`);
        await expect(world.stack.destroy()).rejects.toThrow(/is not there any more\. Switch it by hand/);
        expect(await leadsTo()).toBe("v1.4.2");
    });
});
