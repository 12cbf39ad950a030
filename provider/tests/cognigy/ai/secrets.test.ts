import { demoUser } from "cognigy-emulator";
import { PROJECT, useAiWorlds } from "../../support/ai-world.js";

const startWorld = useAiWorlds();

/** An answer that gives away what it was asked with. */
const telltale = {
    kind: "status" as const,
    status: 500,
    body: {
        type: "debug",
        title: `x-api-key: ${demoUser.apiKey}`,
        detail: `x-api-key: ${demoUser.apiKey} was sent`,
    },
};

test("the API key is in nothing that is written, kept or said, whatever the platform gives away", async () => {
    const { world, args } = await startWorld();
    const said: string[] = [];
    const release = args({ artifact: { directory: "artifacts" } });
    const tell = async (work: Promise<unknown>) => said.push(JSON.stringify(await work.catch(String)));
    await tell(world.up(release));
    for (const path of ["/projects/", "/flows/", "/snapshots", "/endpoints", "/tasks", "/playbooks"]) {
        await world.control.addFault({ match: { path }, times: null, fault: telltale });
        await tell(world.up(args({ versionTag: `v2.0.${said.length}` })));
        await tell(world.stack.refresh());
        await world.control.clearFaults();
    }
    await world.control.ai.conversation(`${PROJECT}/Production`, { sequence: ["silent"] });
    await tell(world.up(args({ versionTag: "v3.0.0" })));
    await tell(world.stack.destroy());
    const all = [
        world.everythingWritten(),
        JSON.stringify(world.stack.resource ?? {}),
        ...world.progress,
        ...said,
    ];
    expect(said.join("\n")).toContain("500");
    expect(all.join("\n")).toContain("deployment_execution");
    expect(all.join("\n")).not.toContain(demoUser.apiKey);
});

test("what is kept of contents belongs to the user alone", async () => {
    const { stat } = await import("node:fs/promises");
    const { world, args } = await startWorld();
    await world.up(args());
    for (const folder of ["contents", "contents/versions"]) {
        expect((await stat(`${world.folder}/${folder}`)).mode & 0o077).toBe(0);
    }
});
