import { join } from "node:path";
import { BOOKING, type Declared, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const PACK = ["--policy-pack", join(__dirname, "..", "policy-pack")];
const BOT = "bot_12345";
const LINE =
    "shared: external API “gds_search” is also used by “Billing” and “Support”, connection “conn_gds_search” by “Support”";

describe("two flows of a bot that call the API that a release touches, through the engine", () => {
    let releases: ReleaseStack;
    beforeAll(async () => {
        releases = await ReleaseStack.start();
        await stand("flow_support", "Support", ["external_api gds_search", "connection conn_gds_search"]);
        await stand("flow_billing", "Billing", ["external_api gds_search"]);
        await releases.emulator.control.patchFlow(BOT, BOOKING.flowId, {
            nodes: { n28: { config: { timeoutMs: 4000 } } },
        });
    });
    beforeEach(() => releases.forget());
    afterAll(() => releases.stop());

    it("are named in the preview, and asked once for preview and up", async () => {
        releases.declare({ booking: release("v1.4.2") });
        const previewed = await releases.preview("--diff");
        expect(previewed.text).toContain("integration: ");
        expect(previewed.text).toContain(LINE);
        expect(await listings()).toEqual(["flow_billing", "flow_support"]);
        expect((await releases.up()).code).toBe(0);
        expect(await listings()).toEqual(["flow_billing", "flow_support"]);
        expect((await releases.resource("booking")).outputs.changes).toContain(LINE);
    });

    it("are what the policy refuses, where the config allows fewer", async () => {
        await releases.emulator.control.patchFlow(BOT, BOOKING.flowId, {
            nodes: { n28: { config: { timeoutMs: 3000 } } },
        });
        releases.declare({ booking: release("v1.5.0") });
        releases.stack.write(
            "policies.json",
            JSON.stringify({ "blast-radius": { enforcementLevel: "mandatory", maxOtherFlows: 1 } }),
        );
        const config = join(releases.stack.project, "policies.json");
        const refused = await releases.up(...PACK, "--policy-pack-config", config);
        expect(refused.code).not.toBe(0);
        expect(refused.text).toMatch(/\[mandatory\] +blast-radius /);
        expect(refused.text).toContain(
            "2 resources that it touches are used by 2 other flows (flow_billing, flow_support); expected at most 1.",
        );
        expect(await releases.live()).toBe("v1.4.2");
    });

    /** Somebody has put another flow of the bot live. */
    async function stand(flowId: string, name: string, uses: string[]): Promise<void> {
        const { control } = releases.emulator;
        await control.putFlow(BOT, flowId, {
            ...{ id: flowId, name, updated_at: "2026-01-02T03:04:05Z" },
            nodes: [{ id: "s1", type: "start" }],
        });
        const rows = uses.map((use) => {
            const [resourceType = "", resourceId = ""] = use.split(" ");
            return { resourceType, resourceId, referencePath: "nodes/s1" };
        });
        await control.addDependencies(BOT, flowId, rows);
        await control.deployByHand(BOT, {
            ...{ flowId, versionTag: "v9.0.0", targetEnvironment: "production" },
        });
    }

    function release(versionTag: string): Declared {
        return { ...BOOKING, versionTag, changelog: "Searches flights with less patience." };
    }

    /** The other flows whose dependencies were listed, in order. */
    async function listings(): Promise<string[]> {
        const requests = await releases.emulator.control.requests();
        return requests
            .filter(({ path }) => path.endsWith("/dependencies"))
            .map(({ query }) => String((query as Record<string, string>).flowId))
            .filter((flowId) => flowId !== BOOKING.flowId)
            .sort();
    }
});
