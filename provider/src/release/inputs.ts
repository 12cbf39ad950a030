import * as z from "zod";
import { isRecord } from "./canonical.js";
import { DEFAULTS, SIMULATION_DEFAULTS } from "./defaults.js";
import type { SnapshotSource } from "./flow.js";
import { group } from "./group.js";
import { containsUnknown, isUnknown } from "./unknown.js";

/** How a version is brought to the users of an environment. */
export const STRATEGIES = ["rolling", "blue_green", "canary", "all_at_once"] as const;
/** What to do when another deployment of the bot is in progress. */
export const ON_CONFLICT = ["wait", "fail"] as const;
/** What `pulumi destroy` does with a release that is live. */
export const ON_DELETE = ["rollback", "retain"] as const;

/** What to do when a bake ends without telling whether the bot is healthy. */
export const ON_INCONCLUSIVE = ["rollback", "fail", "accept"] as const;

/** One conversation of the simulation gate. */
export interface TestCase {
    /** What the user says. */
    input: string;
    /** The intent that the flow must recognise. */
    expectedIntent: string;
}

/** A scenario of the platform, in which a language model plays the user. */
export interface Scenario {
    /** Its name in the project. */
    name: string;
    /** How many conversations are held. */
    runs: number;
    /** The language model's name; left out: the project's default one. */
    languageModel?: string | undefined;
}

/** What is simulated before a version goes live. */
export interface Simulation {
    testCases: TestCase[];
    /** The names of playbooks of the project. */
    playbooks?: string[] | undefined;
    scenarios?: Scenario[] | undefined;
    timeoutSeconds: number;
    minPassRate: number;
}

/** What is said to the bot to prove that it is well. */
export interface Utterance {
    /** What the user says. */
    input: string;
    /** What the answer must hold; left out: any answer will do. */
    expected?: string;
}

/** A declared release with its defaults filled in: what the provider works with. */
export interface ReleaseInputs {
    botId: string;
    flowId: string;
    versionTag: string;
    changelog: string;
    targetEnvironment: string;
    createdBy: string;
    connection: string;
    dependencies: { validate: boolean };
    simulation?: Simulation;
    deployment: {
        strategy: (typeof STRATEGIES)[number];
        timeoutSeconds: number;
        rollbackOnFailure: boolean;
        onConflict: (typeof ON_CONFLICT)[number];
        retryRejected?: true | string;
        downgrade?: string;
        breakGlass?: string;
    };
    health: {
        intervalSeconds: number;
        successesRequired: number;
        failuresAllowed: number;
        errorsAllowed: number;
        timeoutSeconds: number;
        onInconclusive: (typeof ON_INCONCLUSIVE)[number];
        utterances?: Utterance[] | undefined;
    };
    snapshots?: { prune: boolean; source?: SnapshotSource | undefined };
    artifact?: { directory: string };
    onDelete: (typeof ON_DELETE)[number];
    retainReason?: string;
    promotedFrom?: { environment: string; contentHash: string; deployedAt: string };
    adopt: boolean;
}

/** Where a release is made. */
export type Place = Pick<ReleaseInputs, "botId" | "flowId" | "targetEnvironment">;

/** A version where it is released. */
export type Version = Place & Pick<ReleaseInputs, "versionTag">;

/** The properties that say which release it is: changing one replaces the release. */
export const IDENTITY = ["connection", "botId", "flowId", "targetEnvironment"] as const;

/** Every property that a program may declare. */
export const DECLARED = [
    "botId",
    "flowId",
    "versionTag",
    "changelog",
    "targetEnvironment",
    "createdBy",
    "connection",
    "dependencies",
    "simulation",
    "deployment",
    "health",
    "snapshots",
    "artifact",
    "onDelete",
    "retainReason",
    "promotedFrom",
    "adopt",
] as const satisfies readonly (keyof ReleaseInputs)[];

/** Something wrong with an input. `property` is a path such as `simulation.testCases[0].input`. */
export interface InputProblem {
    property: string;
    /** What was expected, and what to do. One sentence. */
    expected: string;
}

/** A problem as people read it. */
export function problemText({ property, expected }: InputProblem): string {
    return property === "" ? `the release ${expected}.` : `\`${property}\`: ${expected}.`;
}

/** The declared inputs with defaults, or what is wrong with them. Unknown values pass through as they are. */
export type ParsedInputs =
    | { inputs: ReleaseInputs; hasUnknowns: boolean }
    | { problems: [InputProblem, ...InputProblem[]] };

// semver.org's own expression, with the customary leading "v".
const SEMANTIC_VERSION =
    /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;

const DAY = 86_400;
/** Two ids stand in one web address, percent-encoded; servers take some 16,000 characters. */
const LONGEST_ID = 500;
const LONGEST_TAG = 200;

/** Whether a release may be declared with a tag. */
export function isVersionTag(tag: string): boolean {
    return tag.length <= LONGEST_TAG && SEMANTIC_VERSION.test(tag);
}

const VERSION_EXPECTED = 'expected a semantic version such as "1.4.2" or "v1.4.2"';
const CONNECTION_EXPECTED = 'expected the name of a config namespace, such as "cognigy"';
const TEST_CASES_EXPECTED =
    "expected at least one test case; to release without a simulation, leave `simulation` out";
const PLAYBOOKS_EXPECTED = "expected a list of names of playbooks";
const SCENARIOS_EXPECTED = "expected a list of scenarios";
/** They are said at every look at the health. */
const MOST_UTTERANCES = 10;
const UTTERANCES_EXPECTED = `expected from one to ${MOST_UTTERANCES} utterances; to say nothing, leave \`utterances\` out`;
const REASON_EXPECTED = "expected a reason, a text that is not empty";
const PASS_RATE_EXPECTED = "expected a share above 0 and up to 1, such as 0.95";

/** Accepts the engine's stand-in for a value that is not known yet in place of any value. */
function known<T extends z.ZodType>(schema: T) {
    return z.any().transform((value: unknown, context): z.output<T> => {
        if (isUnknown(value)) {
            return value as z.output<T>;
        }
        const result = schema.safeParse(value);
        if (result.success) {
            return result.data;
        }
        for (const { message, path } of result.error.issues) {
            context.addIssue({ code: "custom", message, path });
        }
        return z.NEVER;
    });
}

function text(expected: string) {
    return z.string({ error: expected }).min(1, { error: expected });
}

function identifier(what: string) {
    const expected = `expected the ${what}, a text that is not empty`;
    return known(
        text(expected)
            .refine((id) => id !== "." && id !== "..", {
                error: `expected the ${what}; "." and ".." cannot stand in a web address`,
            })
            .refine((id) => id.isWellFormed(), { error: `expected the ${what}, in well-formed Unicode` })
            .max(LONGEST_ID, { error: `expected the ${what}, of at most ${LONGEST_ID} characters` }),
    );
}

function connectionName() {
    return known(
        z.string({ error: CONNECTION_EXPECTED }).regex(/^[A-Za-z][\w-]*$/, { error: CONNECTION_EXPECTED }),
    ).default(DEFAULTS.connection);
}

function seconds(least: number, most: number, fallback: number) {
    const expected = `expected a number of seconds from ${least} to ${most}`;
    return known(
        z.number({ error: expected }).min(least, { error: expected }).max(most, { error: expected }),
    ).default(fallback);
}

function count(least: number, most: number, fallback: number) {
    const expected = `expected a whole number from ${least} to ${most}`;
    return known(
        z.int({ error: expected }).min(least, { error: expected }).max(most, { error: expected }),
    ).default(fallback);
}

function flag(fallback: boolean) {
    return known(z.boolean({ error: "expected true or false" })).default(fallback);
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) {
    const expected = `expected one of ${values.map((value) => `"${value}"`).join(", ")}`;
    return known(z.enum(values, { error: expected })).default(fallback as never);
}

const RELEASE = group({
    botId: identifier("bot's id"),
    flowId: identifier("flow's id"),
    versionTag: known(
        z
            .string({ error: VERSION_EXPECTED })
            .regex(SEMANTIC_VERSION, { error: VERSION_EXPECTED })
            .max(LONGEST_TAG, { error: `expected a semantic version of at most ${LONGEST_TAG} characters` }),
    ),
    changelog: known(z.string({ error: "expected a text that tells people what changed" })),
    targetEnvironment: identifier('environment\'s name, such as "production"'),
    createdBy: known(text("expected who makes the release, a text that is not empty")).default(
        DEFAULTS.createdBy,
    ),
    connection: connectionName(),
    dependencies: known(group({ validate: flag(DEFAULTS.dependencies.validate) })).prefault({}),
    simulation: known(
        group({
            testCases: known(
                z.array(
                    known(
                        group({
                            input: known(text("expected what the user says, a text that is not empty")),
                            expectedIntent: known(text("expected the name of an intent")),
                        }),
                    ),
                    { error: TEST_CASES_EXPECTED },
                ),
            ).prefault([]),
            playbooks: known(
                z.array(known(text("expected the name of a playbook")), { error: PLAYBOOKS_EXPECTED }),
            ).optional(),
            scenarios: known(
                z.array(
                    known(
                        group({
                            name: known(text("expected the name of a scenario")),
                            runs: count(1, 100, 1),
                            languageModel: known(text("expected the name of a language model")).optional(),
                        }),
                    ),
                    { error: SCENARIOS_EXPECTED },
                ),
            ).optional(),
            timeoutSeconds: seconds(1, DAY, SIMULATION_DEFAULTS.timeoutSeconds),
            minPassRate: known(
                z
                    .number({ error: PASS_RATE_EXPECTED })
                    .gt(0, { error: PASS_RATE_EXPECTED })
                    .max(1, { error: PASS_RATE_EXPECTED }),
            ).default(SIMULATION_DEFAULTS.minPassRate),
        }).refine(simulatesSomething, { path: ["testCases"], error: TEST_CASES_EXPECTED }),
    ).optional(),
    deployment: known(
        group({
            strategy: oneOf(STRATEGIES, DEFAULTS.deployment.strategy),
            timeoutSeconds: seconds(1, DAY, DEFAULTS.deployment.timeoutSeconds),
            rollbackOnFailure: flag(DEFAULTS.deployment.rollbackOnFailure),
            onConflict: oneOf(ON_CONFLICT, DEFAULTS.deployment.onConflict),
            retryRejected: known(
                z.union([z.literal(true), z.string().min(1)], { error: `${REASON_EXPECTED}, or true` }),
            ).optional(),
            downgrade: known(text(REASON_EXPECTED)).optional(),
            breakGlass: known(text(REASON_EXPECTED)).optional(),
        }),
    ).prefault({}),
    health: known(
        group({
            intervalSeconds: seconds(0.01, DAY, DEFAULTS.health.intervalSeconds),
            successesRequired: count(1, 10_000, DEFAULTS.health.successesRequired),
            failuresAllowed: count(0, 10_000, DEFAULTS.health.failuresAllowed),
            errorsAllowed: count(0, 10_000, DEFAULTS.health.errorsAllowed),
            timeoutSeconds: seconds(0.01, DAY, DEFAULTS.health.timeoutSeconds),
            onInconclusive: oneOf(ON_INCONCLUSIVE, DEFAULTS.health.onInconclusive),
            utterances: known(
                z
                    .array(
                        known(
                            group({
                                input: known(text("expected what the user says, a text that is not empty")),
                                expected: known(
                                    text("expected what the answer must hold, a text that is not empty"),
                                ).optional(),
                            }),
                        ),
                        { error: UTTERANCES_EXPECTED },
                    )
                    .min(1, { error: UTTERANCES_EXPECTED })
                    .max(MOST_UTTERANCES, { error: UTTERANCES_EXPECTED }),
            ).optional(),
        }).refine(bakeFits, {
            path: ["timeoutSeconds"],
            error: "expected time enough for the bake: more than (successesRequired - 1) × intervalSeconds",
        }),
    ).prefault({}),
    snapshots: known(
        group({
            prune: flag(false),
            source: known(
                group({
                    botId: identifier("id of the project that has the version"),
                    connection: connectionName(),
                }),
            ).optional(),
        }),
    ).optional(),
    artifact: known(
        group({
            directory: known(text('expected a folder, absolute or beside Pulumi.yaml, such as "artifacts"')),
        }),
    ).optional(),
    onDelete: oneOf(ON_DELETE, DEFAULTS.onDelete),
    retainReason: known(text(REASON_EXPECTED)).optional(),
    promotedFrom: known(
        group({
            environment: known(text("expected the name of the environment before")),
            contentHash: known(text("expected the `contentHash` of the release there")),
            deployedAt: known(
                z.iso.datetime({ error: "expected the `deployedAt` of the release there, an ISO 8601 time" }),
            ),
        }),
    ).optional(),
    adopt: flag(DEFAULTS.adopt),
});

/**
 * Fills in the defaults and tells what is wrong, all of it at once.
 *
 * @param declared what the program declared; values that are not known yet stand as {@link UNKNOWN}.
 */
export function parseInputs(declared: Record<string, unknown>): ParsedInputs {
    const result = RELEASE.safeParse(declared);
    if (result.success) {
        return { inputs: result.data as ReleaseInputs, hasUnknowns: containsUnknown(result.data) };
    }
    const problems = result.error.issues.map(({ path, message }) => ({
        property: pathText(path),
        expected: message,
    }));
    return { problems: problems as [InputProblem, ...InputProblem[]] };
}

/** The declared part of inputs or state, which hold computed properties too. */
export function declaredOf(properties: Record<string, unknown>): Record<string, unknown> {
    const declared = pick(properties, DECLARED);
    for (const [name, keys] of Object.entries(SHARED)) {
        if (isRecord(declared[name])) {
            declared[name] = pick(declared[name], keys);
        }
    }
    return declared;
}

/** The declared keys of the properties under which state keeps findings too. */
const SHARED: Record<string, readonly string[]> = {
    health: [
        "intervalSeconds",
        "successesRequired",
        "failuresAllowed",
        "errorsAllowed",
        "timeoutSeconds",
        "onInconclusive",
        "utterances",
    ],
    artifact: ["directory"],
};

function pick(properties: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
        names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
    );
}

/** How a release is named in messages: `v1.4.2 of flow flow_67890 (bot bot_12345) to production`. */
export function releaseName(inputs: ReleaseInputs): string {
    return `${inputs.versionTag} of flow ${inputs.flowId} (bot ${inputs.botId}) to ${inputs.targetEnvironment}`;
}

/** Where a release is made, for messages: `flow_67890 (bot bot_12345) in production`. */
export function placeName({
    flowId,
    botId,
    targetEnvironment,
}: Pick<ReleaseInputs, "flowId" | "botId" | "targetEnvironment">): string {
    return `${flowId} (bot ${botId}) in ${targetEnvironment}`;
}

/** The resource's id: what it is, never how often it was deployed. */
export function releaseId(inputs: Pick<ReleaseInputs, "botId" | "flowId" | "targetEnvironment">): string {
    return [inputs.botId, inputs.flowId, inputs.targetEnvironment].map(encodeURIComponent).join("/");
}

/** A simulation of nothing passes nothing. */
function simulatesSomething({ testCases, playbooks, scenarios }: Simulation): boolean {
    return [testCases, playbooks, scenarios].some((what) => isUnknown(what) || (what?.length ?? 0) > 0);
}

type Bake = Pick<ReleaseInputs["health"], "successesRequired" | "intervalSeconds" | "timeoutSeconds">;

function bakeFits(health: Bake): boolean {
    return (
        containsUnknown(health) ||
        (health.successesRequired - 1) * health.intervalSeconds < health.timeoutSeconds
    );
}

function pathText(path: readonly PropertyKey[]): string {
    return path.reduce<string>(
        (text, key) =>
            typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
        "",
    );
}
