import type { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { changeConstructionStacks } from "./construction-stacks.js";
import { registrationTurn } from "./registration-turns.js";
import { CONSTRUCTION_KEY, type Construction } from "./release/construction.js";
import type { GateSummary } from "./release/gates.js";
import { DECLARED } from "./release/inputs.js";
import {
    declaredOutput,
    NOT_YET,
    RECORDED,
    recordedIn,
    SHARED,
    sharedOutput,
} from "./release/kept-outputs.js";
import { RECORD_KEY } from "./release/kept-record.js";
import { compact, type ReleaseState, type ReleaseStatus, SCHEMA_VERSION } from "./release/state.js";
import { RELEASE_TYPE } from "./release/type.js";

/** One conversation that the flow must handle before it may go live. */
export interface TestCaseArgs {
    /** What the user says. */
    input: pulumi.Input<string>;
    /** The intent that the flow must recognise. */
    expectedIntent: pulumi.Input<string>;
}

/** Gate 1: everything that the flow needs exists and can be used. */
export interface DependenciesArgs {
    /**
     * Whether to check every dependency of the flow.
     * @default true
     */
    validate?: pulumi.Input<boolean>;
}

/** A scenario of the Simulator, in which a language model plays the user. */
export interface ScenarioArgs {
    /** Its name in the project. */
    name: pulumi.Input<string>;
    /**
     * How many conversations are held, up to 100. What language models say varies: with more than one, let
     * `simulation.minPassRate` say how many must go well.
     * @default 1
     */
    runs?: pulumi.Input<number>;
    /** The name of the language model that plays the user. Left out: the project's default one. */
    languageModel?: pulumi.Input<string>;
}

/** Gate 2: simulated conversations reach the intents that they should. */
export interface SimulationArgs {
    /** What users say, and which intent each must reach. At least one, where no playbook and no scenario is declared. */
    testCases?: pulumi.Input<pulumi.Input<TestCaseArgs>[]>;
    /** With `cognigy:api: cognigy-ai`: the names of playbooks of the project that must pass. */
    playbooks?: pulumi.Input<pulumi.Input<string>[]>;
    /** With `cognigy:api: cognigy-ai`: scenarios of the Simulator. Each conversation counts as a test case. */
    scenarios?: pulumi.Input<pulumi.Input<ScenarioArgs>[]>;
    /**
     * How long the whole simulation may take, in seconds.
     * @default 120
     */
    timeoutSeconds?: pulumi.Input<number>;
    /**
     * The share of test cases that must pass, above 0 and up to 1.
     * @default 1
     */
    minPassRate?: pulumi.Input<number>;
}

/** How the version is brought to the users. */
export interface DeploymentArgs {
    /**
     * `rolling`, `blue_green`, `canary` or `all_at_once`.
     * @default "rolling"
     */
    strategy?: pulumi.Input<"rolling" | "blue_green" | "canary" | "all_at_once">;
    /**
     * How long the deployment may take, and how long to wait for another one of the bot, in seconds.
     * @default 600
     */
    timeoutSeconds?: pulumi.Input<number>;
    /**
     * Whether a deployment that does not end, or does not prove healthy, is rolled back.
     * @default true
     */
    rollbackOnFailure?: pulumi.Input<boolean>;
    /**
     * When another deployment of the bot is in progress: `wait` for it, or `fail`.
     * @default "wait"
     */
    onConflict?: pulumi.Input<"wait" | "fail">;
    /** Why content that was rolled back before is to go live all the same; `true` gives no reason. */
    retryRejected?: pulumi.Input<true | string>;
    /** Why a version lower than the one that is live is to go live: a deliberate step back. */
    downgrade?: pulumi.Input<string>;
    /** Why the release cannot wait until a freeze is over. Written into the ledger. */
    breakGlass?: pulumi.Input<string>;
}

/** The bake: how the version proves itself after its deployment. */
export interface HealthArgs {
    /**
     * Seconds between two probes; fractions are fine.
     * @default 15
     */
    intervalSeconds?: pulumi.Input<number>;
    /**
     * How many probes in a row must be healthy.
     * @default 1
     */
    successesRequired?: pulumi.Input<number>;
    /**
     * How many unhealthy probes are forgiven.
     * @default 0
     */
    failuresAllowed?: pulumi.Input<number>;
    /**
     * How many probes may break, and so tell nothing of the bot.
     * @default 3
     */
    errorsAllowed?: pulumi.Input<number>;
    /**
     * How long the bake may take, in seconds. A bot that is not proved healthy by then is not healthy.
     * @default 300
     */
    timeoutSeconds?: pulumi.Input<number>;
    /**
     * When the bake ends without telling whether the bot is healthy, because the time was over or because too many probes
     * broke: `rollback`, `fail` and leave it live, or `accept` it.
     * @default "rollback"
     */
    onInconclusive?: pulumi.Input<"rollback" | "fail" | "accept">;
    /**
     * With `cognigy:api: cognigy-ai`: what is said to each endpoint of the environment that has a test mode, at every probe,
     * in a conversation of its own that is not billed. Up to 10. Left out, a probe only looks whether the endpoints are
     * active and lead to the version.
     */
    utterances?: pulumi.Input<pulumi.Input<UtteranceArgs>[]>;
}

/** What is said to the bot to prove that it is well. */
export interface UtteranceArgs {
    /** What the user says. */
    input: pulumi.Input<string>;
    /** What the answer must hold. Left out, any answer will do. */
    expected?: pulumi.Input<string>;
}

/** With `cognigy:api: cognigy-ai`: the snapshots that versions are kept in. A project has room for ten. */
export interface SnapshotsArgs {
    /**
     * Whether the oldest snapshot may be deleted when there is no room for a new one. Only one goes that a release has made,
     * that no endpoint leads to, and that was not live before what is.
     * @default false
     */
    prune?: pulumi.Input<boolean>;
    /** Where the version is taken from when the project does not have it. Left out: it is made from the project's draft. */
    source?: pulumi.Input<SnapshotSourceArgs>;
}

/** Another project, of this tenant or another one, that has the version. */
export interface SnapshotSourceArgs {
    /** The project's id. */
    botId: pulumi.Input<string>;
    /**
     * The config namespace of its tenant.
     * @default "cognigy"
     */
    connection?: pulumi.Input<string>;
}

/** Where the version that went live is kept as a file. */
export interface ArtifactArgs {
    /** A folder: absolute, or beside `Pulumi.yaml`. */
    directory: pulumi.Input<string>;
}

/** Where the same content has proved itself: what another stack, by a stack reference, says of its release. */
export interface PromotionArgs {
    /** The environment there, such as `staging`. */
    environment: pulumi.Input<string>;
    /** Its `contentHash`. */
    contentHash: pulumi.Input<string>;
    /** Its `deployedAt`, ISO 8601. */
    deployedAt: pulumi.Input<string>;
}

/** Which version of which flow is to be live where, and what it must pass on the way. */
export interface CognigyFlowReleaseArgs {
    /** The bot's id. Changing it replaces the release. */
    botId: pulumi.Input<string>;
    /** The flow's id. Changing it replaces the release. */
    flowId: pulumi.Input<string>;
    /** A semantic version; a leading `v` is fine. A tag stands for one content, once. */
    versionTag: pulumi.Input<string>;
    /** What changed, for people. */
    changelog: pulumi.Input<string>;
    /** Such as `production`. Changing it replaces the release. */
    targetEnvironment: pulumi.Input<string>;
    /**
     * Who makes the release: goes into the deployment's metadata.
     * @default "pulumi"
     */
    createdBy?: pulumi.Input<string>;
    /**
     * The config namespace that holds the tenant's `api`, `baseUrl`, and `apiKey` or `clientId` and `clientSecret`, so that one
     * stack can reach several tenants. Changing it replaces the release.
     * @default "cognigy"
     */
    connection?: pulumi.Input<string>;
    /** Gate 1. On by default. */
    dependencies?: pulumi.Input<DependenciesArgs>;
    /** Gate 2. Left out: no simulation. */
    simulation?: pulumi.Input<SimulationArgs>;
    /** How it is deployed. */
    deployment?: pulumi.Input<DeploymentArgs>;
    /** How it proves itself. */
    health?: pulumi.Input<HealthArgs>;
    /** Left out: the version is not exported. */
    artifact?: pulumi.Input<ArtifactArgs>;
    /** With `cognigy:api: cognigy-ai`: what may become of older versions. */
    snapshots?: pulumi.Input<SnapshotsArgs>;
    /**
     * What deleting the release does: `rollback`, or `retain` to leave it live.
     * @default "rollback"
     */
    onDelete?: pulumi.Input<"rollback" | "retain">;
    /** Why the version is to stay live when the release is deleted. */
    retainReason?: pulumi.Input<string>;
    /** The release of the same content in the environment before: the outputs of its stack. None: not promoted. */
    promotedFrom?: pulumi.Input<PromotionArgs | undefined> | undefined;
    /**
     * Whether a version that is live already, under this tag, is taken over as it is: nothing is deployed. Where another
     * version is live it makes no difference.
     * @default false
     */
    adopt?: pulumi.Input<boolean>;
}

/**
 * All of the provider that the state holds. The code itself is looked up when it is called, so that an upgrade of this
 * package takes effect at once and a release's state stays small.
 */
export const PROVIDER_LINE = 'exports.handler=()=>require("pulumi-cognigy/provider").provider;';

/** Names this run of the program. */
const RUN = randomUUID();

/** Stands for the provider while the resource is built; {@link PROVIDER_LINE} takes its place. */
const placeholder = {} as pulumi.dynamic.ResourceProvider;

/**
 * A version of a bot flow that is live in an environment.
 *
 * `pulumi preview` validates its dependencies, simulates conversations and shows what would change; `pulumi up` deploys
 * it, watches its health and, when it is not healthy, rolls it back and fails.
 *
 * @example
 * new CognigyFlowRelease("booking", {
 *     botId: "bot_12345",
 *     flowId: "flow_67890",
 *     versionTag: "v1.4.2",
 *     changelog: "Updated intent mapping for booking flow.",
 *     targetEnvironment: "production",
 *     simulation: { testCases: [{ input: "book a flight", expectedIntent: "book_flight" }] },
 * });
 *
 * @example
 * // Three healthy probes in a row, ten seconds apart; one unhealthy probe is forgiven.
 * new CognigyFlowRelease("booking", {
 *     ...release,
 *     health: { intervalSeconds: 10, successesRequired: 3, failuresAllowed: 1 },
 *     artifact: { directory: "artifacts" },
 * });
 */
export class CognigyFlowRelease extends pulumi.dynamic.Resource {
    /** @internal Lets policies ask for releases by class. */
    public static readonly __pulumiType = RELEASE_TYPE;

    /** The inputs, with defaults. */
    declare readonly botId: pulumi.Output<string>;
    declare readonly flowId: pulumi.Output<string>;
    declare readonly versionTag: pulumi.Output<string>;
    declare readonly changelog: pulumi.Output<string>;
    declare readonly targetEnvironment: pulumi.Output<string>;
    declare readonly createdBy: pulumi.Output<string>;
    declare readonly connection: pulumi.Output<string>;
    declare readonly dependencies: pulumi.Output<ReleaseState["dependencies"]>;
    declare readonly simulation: pulumi.Output<ReleaseState["simulation"] | undefined>;
    declare readonly deployment: pulumi.Output<ReleaseState["deployment"]>;
    declare readonly onDelete: pulumi.Output<ReleaseState["onDelete"]>;
    declare readonly retainReason: pulumi.Output<string | undefined>;
    declare readonly adopt: pulumi.Output<boolean>;
    declare readonly promotedFrom: pulumi.Output<ReleaseState["promotedFrom"] | undefined>;
    /** The declared limits; and the bake's verdict and counts of probes. */
    declare readonly health: pulumi.Output<ReleaseState["health"]>;
    /** The declared folder; and the exported file: path, SHA-256 as 64 hex digits, and size in bytes. */
    declare readonly artifact: pulumi.Output<ReleaseState["artifact"] | undefined>;
    /** The deployment that put this version live. */
    declare readonly deploymentId: pulumi.Output<string>;
    /** A deployment whose end is not known yet; only after an `up` that failed. */
    declare readonly pendingDeploymentId: pulumi.Output<string | undefined>;
    /** `completed` when the version is live and healthy; anything else is left by an `up` that failed. */
    declare readonly status: pulumi.Output<ReleaseStatus>;
    /** What is live, as last seen. */
    declare readonly liveVersionTag: pulumi.Output<string | undefined>;
    /** What was edited in the flow since it was released, one readable line each, as the last refresh saw it. */
    declare readonly unreleasedChanges: pulumi.Output<string[] | undefined>;
    /** What was live before. */
    declare readonly previousVersionTag: pulumi.Output<string | undefined>;
    declare readonly previousDeploymentId: pulumi.Output<string | undefined>;
    /** Names the content that passed the gates: `sha256:` and 64 hex digits. */
    declare readonly contentHash: pulumi.Output<string>;
    /** What the release changed in the flow, one readable line each, the riskiest first. */
    declare readonly changes: pulumi.Output<string[]>;
    /** The highest risk of all changes: `none`, `text`, `logic`, `integration` or `destructive`. */
    declare readonly risk: pulumi.Output<ReleaseState["risk"]>;
    /** What was validated and simulated, with counts. */
    declare readonly gates: pulumi.Output<GateSummary>;
    declare readonly nodesCount: pulumi.Output<number>;
    /** ISO 8601 time of the flow's last edit before the release. */
    declare readonly lastModified: pulumi.Output<string>;
    /** The ledger's reference of the release. */
    declare readonly complianceRef: pulumi.Output<string>;
    /** ISO 8601 time at which the version was live and healthy. */
    declare readonly deployedAt: pulumi.Output<string>;
    /** The version of the state's shape. */
    declare readonly schemaVersion: pulumi.Output<number>;

    /**
     * @param name the resource's name in the stack.
     * @param args the release.
     * @param opts the usual resource options.
     */
    constructor(name: string, args: CognigyFlowReleaseArgs, opts?: pulumi.CustomResourceOptions) {
        warnOfPlainSecret(typeof args.connection === "string" ? args.connection : "cognigy");
        const construction: Construction = { id: randomUUID(), name, run: RUN };
        const stacksAsBefore = changeConstructionStacks("CognigyFlowRelease");
        try {
            super(
                placeholder,
                name,
                {
                    ...compact(args),
                    // The engine gives the resource only the outputs that are named here.
                    [RECORD_KEY]: undefined,
                    [CONSTRUCTION_KEY]: registrationTurn(args.botId).then(() => construction),
                },
                pulumi.mergeOptions(opts, { transformations: [holdOnlyTheLine] }),
                "cognigy",
                "CognigyFlowRelease",
            );
        } finally {
            stacksAsBefore();
        }
        giveOutputs(this as unknown as Record<string, pulumi.Output<unknown>>);
        startGates(args, construction);
    }
}

type Outputs = Record<string, pulumi.Output<unknown>>;

/**
 * Gives a release the outputs that it is declared with: the state has them in a shorter form.
 *
 * @param kept the release, with its outputs as the state has them.
 */
function giveOutputs(kept: Outputs): void {
    const record = kept[RECORD_KEY] as pulumi.Output<unknown>;
    for (const name of RECORDED) {
        give(kept, name, () => record.apply((text) => known(recordedIn(text, name))));
    }
    for (const name of DECLARED) {
        const own = kept[name];
        const declared = () => own ?? pulumi.output(undefined);
        give(kept, name, () =>
            SHARED.has(name)
                ? pulumi.all([declared(), record]).apply(([value, text]) => sharedOutput(name, value, text))
                : declared().apply((value) => declaredOutput(name, value)),
        );
    }
    give(kept, "schemaVersion", () => pulumi.output(SCHEMA_VERSION));
}

function known(value: unknown): unknown {
    return value !== NOT_YET ? value : pulumi.runtime.isDryRun() ? pulumi.unknown : undefined;
}

/** Made when it is asked for: most outputs are not, and each takes the program its time. */
function give(outputs: Outputs, name: string, make: () => pulumi.Output<unknown>): void {
    let made: pulumi.Output<unknown> | undefined;
    Object.defineProperty(outputs, name, {
        enumerable: true,
        configurable: true,
        get: () => {
            made ??= make();
            return made;
        },
    });
}

const warned = new Set<string>();

/** The engine keeps a stack's config in its state: as it is, unless it is a secret. */
function warnOfPlainSecret(connection: string): void {
    const key = `${connection}:clientSecret`;
    const secrets = process.env.PULUMI_CONFIG_SECRET_KEYS ?? "";
    if (pulumi.runtime.getConfig(key) && !secrets.includes(JSON.stringify(key)) && !warned.has(key)) {
        warned.add(key);
        void pulumi.log.warn(
            `${key} is in the stack's config and state in clear text: run \`pulumi config set --secret ${key}\`, and ` +
                "change the secret where others could read it.",
        );
    }
}

function holdOnlyTheLine({
    props,
    opts,
}: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult {
    return { props: { ...props, __provider: PROVIDER_LINE }, opts };
}

/** Starts the gates without waiting, so that those of a wide stack run side by side. */
function startGates(args: CognigyFlowReleaseArgs, { id, run }: Construction): void {
    // Nothing to release without an engine, as in unit tests. And an inline program of the Automation API runs in its
    // user's own process, in another folder than the stack's: there `check` alone runs the gates.
    const inline = (
        Reflect.get(globalThis, "asyncLocalStorage") as AsyncLocalStorage<unknown> | undefined
    )?.getStore();
    if (pulumi.runtime.getEngine() === undefined || inline !== undefined) {
        return;
    }
    pulumi.output(args).apply(async (known) => {
        const { provider } = await import("./provider.js");
        provider.configure({ config: { get: (key) => pulumi.runtime.getConfig(key) } });
        await provider.gateEarly({ ...known }, id, run);
    });
}
