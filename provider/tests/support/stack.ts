import type { ReleaseProvider } from "../../src/provider.js";
import { checkedIn } from "../../src/release/kept-inputs.js";
import { readState } from "../../src/release/kept-state.js";
import type { ReleaseState } from "../../src/release/state.js";

export type Properties = Record<string, unknown>;

/** The line that the resource puts into its inputs; it comes back with every call. */
export const PROVIDER_LINE = "exports.handler = () => provider";

/** A resource as the engine keeps it. */
export interface StoredResource {
    id: string;
    inputs: Properties;
    outputs: Properties;
    /** Why the last attempt did not go through: the next `up` updates, whatever `diff` says. */
    initErrors: string[];
}

/** What a resource's outputs say; nothing where there is no resource. */
export function stateOf(resource: StoredResource | undefined): Partial<ReleaseState> {
    return resource ? readState(resource.outputs) : {};
}

/** What a command ended with. */
export type Result =
    /** `check` refused: nothing else was called. */
    | { outcome: "refused"; reasons: string[] }
    | { outcome: "unchanged" }
    | { outcome: "planned" | "done"; operation: "create" | "update" | "replace"; inputs: Properties }
    | { outcome: "failed"; reasons: string[] };

interface PartialFailure extends Error {
    id?: string;
    properties?: Properties;
    reasons?: string[];
}

/** A stack of one release, run as the engine and its host run it: each phase in a new process. */
export class Stack {
    resource: StoredResource | undefined;

    /** @param startProvider starts the provider of one phase. */
    constructor(private readonly startProvider: () => ReleaseProvider) {}

    /** The outputs of the release, as a program sees them. */
    get outputs(): Properties {
        if (!this.resource) {
            throw new Error("the stack has no release");
        }
        return { ...readState(this.resource.outputs) };
    }

    /** The inputs of the release, with defaults. */
    get inputs(): Properties {
        return { ...checkedIn(this.resource?.inputs ?? {}) };
    }

    async preview(args: Properties): Promise<Result> {
        return inFull(await this.plan(this.startProvider(), args));
    }

    /** `pulumi up`: preview, and then the same once more for real. */
    async up(args: Properties): Promise<Result> {
        const preview = await this.preview(args);
        return preview.outcome === "refused" ? preview : this.update(args);
    }

    /** `pulumi up --skip-preview`. */
    async update(args: Properties): Promise<Result> {
        return inFull(await this.run(args));
    }

    private async run(args: Properties): Promise<Result> {
        const provider = this.startProvider();
        const plan = await this.plan(provider, args);
        if (plan.outcome === "unchanged" && this.resource) {
            this.resource.inputs = await checkedInputs(provider, this.resource, args);
        }
        if (plan.outcome !== "planned") {
            return plan;
        }
        const { operation, inputs } = plan;
        const old = this.resource;
        try {
            if (old && operation === "update") {
                const { outs } = await provider.update(old.id, struct(old.outputs), struct(inputs));
                this.resource = { id: old.id, inputs, outputs: withLine(outs, inputs), initErrors: [] };
            } else {
                const { id, outs } = await provider.create(struct(inputs));
                this.resource = { id, inputs, outputs: withLine(outs, inputs), initErrors: [] };
            }
        } catch (error) {
            return this.keepFailure(error as PartialFailure, inputs);
        }
        if (old && operation === "replace") {
            await provider.delete(old.id, struct(old.outputs));
        }
        return { outcome: "done", operation, inputs };
    }

    /** `pulumi refresh`. */
    async refresh(): Promise<void> {
        const { resource } = this;
        if (!resource) {
            return;
        }
        const { id, props, inputs } = await this.startProvider().read(resource.id, struct(resource.outputs));
        this.resource =
            id && props
                ? {
                      ...resource,
                      outputs: withLine(props, resource.outputs),
                      inputs: inputs ? withLine(inputs, resource.outputs) : resource.inputs,
                  }
                : undefined;
    }

    /** `pulumi destroy`. */
    async destroy(): Promise<void> {
        if (this.resource) {
            await this.startProvider().delete(this.resource.id, struct(this.resource.outputs));
            this.resource = undefined;
        }
    }

    private async plan(provider: ReleaseProvider, args: Properties): Promise<Result> {
        const { resource } = this;
        const { inputs, failures } = await check(provider, resource, args);
        if (failures.length > 0) {
            return { outcome: "refused", reasons: failures };
        }
        if (!resource) {
            return { outcome: "planned", operation: "create", inputs };
        }
        const { changes, replaces } = await provider.diff(
            resource.id,
            struct(resource.outputs),
            struct(inputs),
        );
        if (replaces.length > 0) {
            return { outcome: "planned", operation: "replace", inputs };
        }
        return changes || resource.initErrors.length > 0
            ? { outcome: "planned", operation: "update", inputs }
            : { outcome: "unchanged" };
    }

    private keepFailure(error: PartialFailure, inputs: Properties): Result {
        const { id, properties, reasons } = error;
        if (id === undefined || properties === undefined) {
            return { outcome: "failed", reasons: [error.message] };
        }
        // After an update that failed the engine keeps the inputs of the last one that did not.
        const kept = this.resource?.inputs ?? inputs;
        this.resource = { id, inputs: kept, outputs: struct(properties), initErrors: reasons ?? [] };
        return { outcome: "failed", reasons: reasons ?? [] };
    }
}

/** A result with the inputs as the provider reads them. */
function inFull(result: Result): Result {
    return "inputs" in result ? { ...result, inputs: { ...checkedIn(result.inputs) } } : result;
}

async function check(
    provider: ReleaseProvider,
    resource: StoredResource | undefined,
    args: Properties,
): Promise<{ inputs: Properties; failures: string[] }> {
    const news = struct({ ...args, __provider: PROVIDER_LINE });
    const { inputs, failures = [] } = await provider.check(struct(resource?.inputs ?? {}), news);
    return {
        inputs: struct({ ...inputs, __provider: PROVIDER_LINE }),
        failures: failures.map(({ property, reason }) => {
            // Where the engine is given a property it prints the value.
            if (property !== "") {
                throw new Error(`a failure names the property ${property}`);
            }
            return reason;
        }),
    };
}

async function checkedInputs(
    provider: ReleaseProvider,
    resource: StoredResource,
    args: Properties,
): Promise<Properties> {
    return (await check(provider, resource, args)).inputs;
}

function withLine(properties: Properties, from: Properties): Properties {
    return struct({ ...properties, __provider: from.__provider });
}

/** Properties on their way through the engine: it takes JSON in well-formed Unicode, and nothing that is undefined. */
export function struct(properties: Properties): Properties {
    return copyOf(properties, "properties") as Properties;
}

function copyOf(value: unknown, name: string): unknown {
    if (value === undefined || typeof value === "bigint" || typeof value === "function") {
        throw new Error(`Unexpected struct type. (${name})`);
    }
    if (typeof value === "string" && !value.isWellFormed()) {
        throw new Error(`string field contains invalid UTF-8 (${name})`);
    }
    if (Array.isArray(value)) {
        return value.map((inner) => copyOf(inner, name));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner, key)]))
        : value;
}
