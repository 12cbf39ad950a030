import { BOOKING, ReleaseStack } from "./support/releases";

/** A deployment as `pulumi stack export` prints it. */
interface Exported {
    deployment: {
        resources: { type: string; inputs: Record<string, unknown>; outputs: Record<string, unknown> }[];
    };
}

describe("a state that an earlier version of the package wrote, through the engine", () => {
    let releases: ReleaseStack;

    beforeAll(async () => {
        releases = await ReleaseStack.start();
        releases.declare({ booking: BOOKING });
        await releases.up("--skip-preview");
        releases.stack.write("earlier.json", JSON.stringify(toVersion2(JSON.parse(await releases.state()))));
        expect((await releases.stack.pulumi(["stack", "import", "--file", "earlier.json"])).code).toBe(0);
        await releases.forget();
    });

    afterAll(() => releases.stop());

    it("is taken over by the next `up`, which deploys nothing", async () => {
        const before = await releases.resource("booking");
        expect(before.outputs.schemaVersion).toBe(2);
        const { code, text } = await releases.up();
        expect(text).toContain("~ 1 updated");
        expect(code).toBe(0);
        expect(await releases.changing()).toEqual([]);
        const { outputs } = await releases.resource("booking");
        expect(outputs).toMatchObject({
            schemaVersion: 3,
            status: "completed",
            deploymentId: before.outputs.deploymentId,
            contentHash: before.outputs.contentHash,
        });
        expect(await releases.outputs("booking")).toMatchObject({
            gates: { dependencies: { validated: true, checked: 284 } },
            health: { verdict: "healthy", probes: 1, failures: 0 },
        });
    });

    it("is this version's from then on", async () => {
        expect((await releases.up()).text).toContain("2 unchanged");
        expect(await releases.changing()).toEqual([]);
    });
});

/** The same state as version 2 kept it: each property under its name, each object of the outputs as one text. */
function toVersion2(exported: Exported): Exported {
    for (const resource of exported.deployment.resources.filter(({ type }) => type.includes("Release"))) {
        const { record: found, simulation, ...inputs } = resource.inputs;
        const { gates, ...findings } = JSON.parse(String(found));
        resource.inputs = {
            ...inputs,
            ...findings,
            gates: JSON.stringify(gates),
            context: { ...findings.context, impact: JSON.stringify(findings.context.impact) },
            simulation: JSON.parse(String(simulation)),
        };
        const { record, ...outputs } = resource.outputs;
        const texts = Object.entries(JSON.parse(String(record))).map(([name, value]) => [
            name,
            typeof value === "object" ? JSON.stringify(value) : value,
        ]);
        resource.outputs = { ...outputs, ...Object.fromEntries(texts), schemaVersion: 2 };
    }
    return exported;
}
