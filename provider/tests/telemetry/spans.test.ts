import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openTrace } from "../../src/telemetry/open-trace.js";
import { noTrace } from "../../src/telemetry/trace.js";
import { useWorlds } from "../support/harness.js";
import { probes, releaseArgs } from "../support/platform-data.js";

/** A span as a collector gets it. */
interface CollectedSpan {
    name: string;
    traceId: string;
    spanId: string;
    parentSpanId?: string;
    attributes: { key: string; value: Record<string, unknown> }[];
    status: { code?: number; message?: string };
}

interface Batch {
    resourceSpans: { scopeSpans: { spans: CollectedSpan[] }[] }[];
}

const startWorld = useWorlds();

describe("spans", () => {
    let collector: Server;
    const collected: CollectedSpan[] = [];
    let endpoint = "";
    beforeAll(async () => {
        collector = createServer(async (request, response) => {
            const chunks: Buffer[] = [];
            for await (const chunk of request) {
                chunks.push(chunk as Buffer);
            }
            const batch = JSON.parse(Buffer.concat(chunks).toString()) as Batch;
            collected.push(
                ...batch.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
            );
            response.setHeader("content-type", "application/json").end("{}");
        });
        await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
        endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
        process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint;
    });
    beforeEach(() => collected.splice(0));
    afterAll(async () => {
        delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
        collector.closeAllConnections();
        await new Promise((resolve) => collector.close(resolve));
    });

    const named = (name: string) => collected.find((span) => span.name === name);

    test("tell a collector of a release: its gates, its deployment, its bake", async () => {
        const world = await startWorld({ trace: openTrace(process.env) });
        await world.stack.update(releaseArgs());
        const release = named("cognigy.release");
        expect(release?.attributes).toContainEqual({
            key: "cognigy.version_tag",
            value: { stringValue: "v1.4.2" },
        });
        for (const name of ["cognigy.deployment", "cognigy.bake"]) {
            expect(named(name)).toMatchObject({
                traceId: release?.traceId,
                parentSpanId: release?.spanId,
            });
        }
        expect(named("cognigy.gate.simulation")?.parentSpanId).toBe(named("cognigy.gates")?.spanId);
        expect(named("cognigy.bake")?.attributes).toContainEqual({
            key: "cognigy.verdict",
            value: { stringValue: "healthy" },
        });
    });

    test("tell of a rollback, and that the release failed, without a stack", async () => {
        const world = await startWorld({ trace: openTrace(process.env) });
        await world.control.health("bot_12345", probes([false], true));
        await world.stack.update(releaseArgs());
        expect(named("cognigy.rollback")?.parentSpanId).toBe(named("cognigy.release")?.spanId);
        const { status } = named("cognigy.release") as CollectedSpan;
        expect(status).toMatchObject({ code: 2, message: expect.stringContaining("was rolled back") });
        expect(JSON.stringify(collected)).not.toContain("    at ");
    });

    test("hold up no release when the collector is away", async () => {
        const world = await startWorld({
            trace: openTrace({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" }),
        });
        expect(await world.stack.update(releaseArgs())).toMatchObject({ outcome: "done" });
    });

    test("are not made where no collector is named", () => {
        expect(openTrace({})).toBe(noTrace);
        expect(openTrace({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: "true" })).toBe(noTrace);
    });
});
