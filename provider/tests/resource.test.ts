import * as pulumi from "@pulumi/pulumi";
import { CognigyFlowRelease } from "../src/resource.js";
import { releaseArgs } from "./support/platform-data.js";

const GATES = { dependencies: { validated: true, checked: 9 } };

/** A program's release, whose outputs the engine gives as a test says. */
async function construct(record: object, preview = false): Promise<CognigyFlowRelease> {
    await pulumi.runtime.setMocks(
        {
            newResource: ({ name, inputs }) => ({
                id: name,
                state: { ...inputs, record: JSON.stringify(record) },
            }),
            call: () => ({}),
        },
        "project",
        "stack",
        preview,
    );
    const args = releaseArgs({ artifact: { directory: "artifacts" } });
    return new CognigyFlowRelease("booking", args as never);
}

/** The value of an output; undefined with `known` false where it is not known. */
async function seen(output: unknown): Promise<{ known: boolean; value: unknown }> {
    const { promise, isKnown } = output as { promise(): Promise<unknown>; isKnown: Promise<boolean> };
    return { known: await isKnown, value: await promise.call(output) };
}

describe("the resource", () => {
    it("gives a program what is declared with the defaults, and what came of it", async () => {
        const release = await construct({
            status: "completed",
            gates: { dependencies: { checked: 9 } },
            health: { verdict: "healthy", probes: 1 },
            artifact: { path: "artifacts/a.json", sha256: "00", bytes: 1 },
        });
        expect(await seen(release.status)).toEqual({ known: true, value: "completed" });
        expect((await seen(release.gates)).value).toEqual(GATES);
        expect((await seen(release.createdBy)).value).toBe("pulumi");
        expect((await seen(release.simulation)).value).toMatchObject({ minPassRate: 1 });
        expect((await seen(release.health)).value).toMatchObject({
            timeoutSeconds: 300,
            verdict: "healthy",
            failures: 0,
        });
        expect((await seen(release.artifact)).value).toEqual({
            directory: "artifacts",
            path: "artifacts/a.json",
            sha256: "00",
            bytes: 1,
        });
        expect(await seen(release.promotedFrom)).toEqual({ known: true, value: undefined });
        expect((await seen(release.schemaVersion)).value).toBe(3);
    });

    it("knows in a preview what was found out, and not what will come of it", async () => {
        const release = await construct({ gates: { dependencies: { checked: 9 } } }, true);
        expect(await seen(release.gates)).toEqual({ known: true, value: GATES });
        expect(await seen(release.createdBy)).toEqual({ known: true, value: "pulumi" });
        expect((await seen(release.health)).value).toMatchObject({ timeoutSeconds: 300 });
        expect((await seen(release.status)).known).toBe(false);
        expect((await seen(release.deploymentId)).known).toBe(false);
    });
});
