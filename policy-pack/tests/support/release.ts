import {
    type PolicyConfigSchema,
    type PolicyResource,
    type PolicyResourceOptions,
    type ResourceValidation,
    type ResourceValidationArgs,
    type ResourceValidationPolicy,
    type StackValidationPolicy,
    UnknownValueError,
    unknownCheckingProxy,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { RELEASE_TYPE } from "pulumi-cognigy/release";

export type Properties = Record<string, unknown>;

/** What stands for a value that is not known before `up`, in place of any value. */
export const UNKNOWN: string = runtime.unknownValue;

/** A message of a rule about the good release, or about another version or environment of it. */
export function message(
    text: string,
    { versionTag = "v1.4.2", targetEnvironment = "production" }: Record<string, string> = {},
): string {
    return `Release ${versionTag} of flow flow_67890 (bot bot_12345) to ${targetEnvironment}: ${text}`;
}

/** A release as `check` hands it to policies; no rule has anything against it. */
const GOOD: Properties = {
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.2",
    changelog: "Updated intent mapping for booking flow.",
    targetEnvironment: "production",
    createdBy: "pulumi",
    connection: "cognigy",
    dependencies: { validate: true },
    simulation: {
        testCases: [
            { input: "book a flight", expectedIntent: "book_flight" },
            { input: "cancel reservation", expectedIntent: "cancel_reservation" },
        ],
        timeoutSeconds: 120,
        minPassRate: 1,
    },
    deployment: { strategy: "rolling", timeoutSeconds: 600, rollbackOnFailure: true, onConflict: "wait" },
    health: {
        intervalSeconds: 15,
        successesRequired: 1,
        failuresAllowed: 0,
        errorsAllowed: 3,
        timeoutSeconds: 300,
    },
    onDelete: "rollback",
    contentHash: "sha256:c0ffee",
    changes: ["text: “Book” says “Where to?” → “Where to, please?”"],
    risk: "text",
    gates: {
        dependencies: { validated: true, checked: 6 },
        simulation: { passed: 2, total: 2, passRate: 1, minPassRate: 1 },
    },
    context: {
        deploys: true,
        previous: { versionTag: "v1.4.1", changelog: "The bot asks where to." },
        impact: { nodes: 40, changed: 3, risks: { text: 3, logic: 0, integration: 0, destructive: 0 } },
        proven: [],
    },
};

/** The good release with changes: groups are changed within, and what is set to undefined is left out. */
export function release(changes: Properties = {}): Properties {
    const changed = Object.entries({ ...GOOD, ...changes }).map(([name, value]) => {
        const good = GOOD[name];
        return [name, isGroup(good) && isGroup(value) ? { ...good, ...value } : value];
    });
    return JSON.parse(JSON.stringify(Object.fromEntries(changed)));
}

/**
 * What a rule reports for a release. It is the same when the release comes as the engine hands it over; and without a
 * config it is what the defaults say.
 */
export function violations(
    policy: ResourceValidationPolicy,
    props: Properties,
    config?: Properties,
): string[] {
    const reported = reports(policy, props, config);
    const configs = config ? [config] : [undefined, {}, defaultsOf(policy.configSchema)];
    for (const one of configs) {
        expect(reports(policy, served(props), one)).toEqual(reported);
    }
    return reported;
}

/** Where a rule meets a value that is not known yet; undefined when it decides, and reports something or nothing. */
export function undecidedAt(
    policy: ResourceValidationPolicy,
    props: Properties,
    config?: Properties,
): string | undefined {
    return unknownPath(() => reports(policy, served(props), config));
}

/** The arguments of a rule, by hand. */
export function validationArgs(
    props: Properties,
    config?: Properties,
    type: string = RELEASE_TYPE,
): ResourceValidationArgs {
    return {
        type,
        props,
        urn: urnOf(type, "booking"),
        name: "booking",
        opts: OPTIONS,
        stackTags: new Map(),
        isType: () => false,
        asType: () => undefined,
        getConfig: <T extends object>() => config as T,
        notApplicable: refuseToApply,
    };
}

/** A resource of a stack. */
export interface Declared {
    name: string;
    props: Properties;
    type?: string;
}

/** What a rule of a whole stack reports, message and resource: the same when the stack comes from the engine. */
export function stackViolations(
    policy: StackValidationPolicy,
    declared: Declared[],
): { message: string; urn: string | undefined }[] {
    const reported = stackReports(policy, declared);
    expect(stackReports(policy, declared.map(servedResource))).toEqual(reported);
    return reported;
}

/** The same as {@link undecidedAt}, of a rule of a whole stack. */
export function stackUndecidedAt(policy: StackValidationPolicy, declared: Declared[]): string | undefined {
    return unknownPath(() => stackReports(policy, declared.map(servedResource)));
}

/** The name of a resource in the engine's words. */
export function urnOf(type: string, name: string): string {
    return `urn:pulumi:demo::releases::${type}::${name}`;
}

const OPTIONS: PolicyResourceOptions = {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
};

function refuseToApply(): never {
    throw new Error("no rule says that it does not apply");
}

function reports(policy: ResourceValidationPolicy, props: Properties, config?: Properties): string[] {
    const messages: string[] = [];
    const validate = policy.validateResource as ResourceValidation;
    const done: unknown = validate(validationArgs(props, config), (message) => messages.push(message));
    // A promise would be waited for by the engine, and not by these tests.
    expect(done).toBeUndefined();
    return messages;
}

function stackReports(policy: StackValidationPolicy, declared: Declared[]) {
    const reported: { message: string; urn: string | undefined }[] = [];
    policy.validateStack(
        {
            resources: declared.map(resourceOf),
            stackTags: new Map(),
            getConfig: <T extends object>() => ({}) as T,
            notApplicable: refuseToApply,
        },
        (message, urn) => reported.push({ message, urn }),
    );
    return reported;
}

function resourceOf({ name, props, type = RELEASE_TYPE }: Declared): PolicyResource {
    return {
        type,
        props,
        urn: urnOf(type, name),
        name,
        opts: OPTIONS,
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
    };
}

function servedResource(declared: Declared): Declared {
    return { ...declared, props: served(declared.props) };
}

// Not in the SDK's types.
const { deserializeProperties } = jest.requireActual<{
    deserializeProperties(struct: { toJavaScript(): Properties }, proxySecrets: boolean): Properties;
}>("@pulumi/policy/deserialize");

/** Properties as the SDK's server hands them to a rule. */
function served(props: Properties): Properties {
    const struct = { toJavaScript: () => JSON.parse(JSON.stringify(props)) as Properties };
    return unknownCheckingProxy(deserializeProperties(struct, false));
}

function unknownPath(run: () => unknown[]): string | undefined {
    try {
        run();
        return undefined;
    } catch (error) {
        if (error instanceof UnknownValueError) {
            return (error as Error & { props: string[] }).props.join(".");
        }
        throw error;
    }
}

function defaultsOf(schema: PolicyConfigSchema | undefined): Properties {
    const properties = Object.entries(schema?.properties ?? {});
    return Object.fromEntries(properties.map(([name, property]) => [name, property.default]));
}

function isGroup(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
