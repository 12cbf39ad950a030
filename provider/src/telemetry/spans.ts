import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { ROOT_CONTEXT, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
    defaultResource,
    detectResources,
    envDetector,
    resourceFromAttributes,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { version } from "../../package.json";
import type { Trace } from "./trace.js";

/** How long a release waits for the collector at its end, in milliseconds. */
const PATIENCE = 2_000;

/**
 * Spans for a collector, as the standard variables say. It is known to nobody else in the process: the engine's host may
 * have a tracing of its own.
 */
export function spans(): Trace {
    const provider = new NodeTracerProvider({
        resource: defaultResource()
            .merge(resourceFromAttributes({ "service.name": "pulumi-cognigy", "service.version": version }))
            .merge(detectResources({ detectors: [envDetector] })),
        spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    });
    const tracer = provider.getTracer("pulumi-cognigy", version);
    const active = new AsyncLocalStorage<Span>();
    return async (name, attributes, work) => {
        const parent = active.getStore();
        const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
        const span = tracer.startSpan(name, { attributes }, context);
        try {
            return await active.run(span, () => work((more) => void span.setAttributes(more)));
        } catch (error) {
            span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
            throw error;
        } finally {
            span.end();
            if (!parent) {
                // The process may be ended at any time from now on. A collector that is away holds nobody up.
                await Promise.race([
                    provider.forceFlush().catch(() => {}),
                    delay(PATIENCE, undefined, { ref: false }),
                ]);
            }
        }
    };
}
