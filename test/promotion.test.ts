import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "cognigy-emulator";
import { Stack } from "../scripts/lib/stack.mjs";
import { ensureEngine } from "../scripts/setup.mjs";
import { credentials, type Printed } from "./support/releases";

jest.setTimeout(240_000);

const ROOT = join(__dirname, "..");
const EXAMPLE = join(ROOT, "examples", "promotion");

describe("the promotion example", () => {
    let emulator: Emulator;
    let project: Stack;
    beforeAll(async () => {
        emulator = await startEmulator();
        const files = readdirSync(EXAMPLE, { withFileTypes: true })
            .filter((entry) => entry.isFile() && entry.name !== "tsconfig.json")
            .map(({ name }) => [name, readFileSync(join(EXAMPLE, name), "utf8")]);
        const engine = process.env.PULUMI_COGNIGY_ENGINE ?? (await ensureEngine());
        // Lint has looked at its types.
        const env = { ...credentials(emulator.url), PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
        project = new Stack(engine, { files: Object.fromEntries(files), env });
        for (const stack of ["development", "staging", "production"]) {
            await project.pulumi(["stack", "init", stack]);
        }
    });
    afterAll(async () => {
        await emulator.close();
        project.remove();
    });

    function up(stack: string): Promise<Printed> {
        return project.pulumi([
            ...["up", "--yes", "--skip-preview", "--stack", stack],
            ...["--policy-pack", join(ROOT, "policy-pack"), "--policy-pack-config", "policies.json"],
        ]);
    }

    async function liveIn(environment: string): Promise<string | undefined> {
        const { live } = await emulator.control.state();
        return live.find((one) => one.flowId === "flow_67890" && one.targetEnvironment === environment)
            ?.versionTag;
    }

    async function hashIn(stack: string): Promise<string> {
        const { text } = await project.pulumi(["stack", "output", "contentHash", "--stack", stack]);
        return text.trim();
    }

    it("goes live in development", async () => {
        expect((await up("development")).code).toBe(0);
        expect(await liveIn("development")).toBe("v1.4.2");
    });

    it("is refused in production as long as staging has not had it", async () => {
        const { code, text } = await up("production");
        expect(text).toContain("staging has not had this content");
        expect(code).not.toBe(0);
        expect(await liveIn("production")).toBe("v1.4.1");
    });

    it("goes on to staging, and from there to production, as the same content", async () => {
        expect((await up("staging")).code).toBe(0);
        expect((await up("production")).code).toBe(0);
        expect(await liveIn("production")).toBe("v1.4.2");
        const hashes = [await hashIn("development"), await hashIn("staging"), await hashIn("production")];
        expect(new Set(hashes).size).toBe(1);
        expect(hashes[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
    });
});
