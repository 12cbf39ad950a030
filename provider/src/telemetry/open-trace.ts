import { noTrace, type Trace } from "./trace.js";

/**
 * Sends spans to a collector where the standard variables name one: `OTEL_EXPORTER_OTLP_ENDPOINT`, or the same for traces only.
 * Otherwise nothing of it is loaded.
 */
export function openTrace(environment: NodeJS.ProcessEnv): Trace {
    const named = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (!named || environment.OTEL_SDK_DISABLED === "true") {
        return noTrace;
    }
    let loading: Promise<Trace> | undefined;
    return async (name, attributes, work) => {
        loading ??= import("./spans.js").then(({ spans }) => spans());
        return (await loading)(name, attributes, work);
    };
}
