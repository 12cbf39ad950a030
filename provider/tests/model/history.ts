import * as fc from "fast-check";

/** Where a process can be interrupted: at each method of the platform, and at each line of the ledger. */
export const PLACES = [
    "flow",
    "dependencies",
    "dependencyState",
    "startSimulation",
    "simulation",
    "deployments",
    "deploy",
    "deploymentStatus",
    "rollback",
    "healthy",
    "exportVersion",
    "releasedFlow",
    "append",
] as const;
/** Also within a deployment or a rollback, at a call: `PATCH …/endpoints/`. */
export type CallPlace = `${Method} …${string}`;
export type Place = (typeof PLACES)[number] | CallPlace;

/** What somebody else does, or what becomes of the platform, between two steps or in the middle of one. */
export type Happening =
    | { what: "edit"; content: number }
    | { what: "deploy by hand"; seconds: number; staging: boolean }
    | { what: "roll back by hand"; nth: number }
    | { what: "forget"; nth: number }
    | { what: "health"; sequence: boolean[]; afterwards: boolean }
    | { what: "simulations"; fail: boolean }
    | { what: "dependency"; access: "ok" | "missing" | "forbidden" }
    | { what: "freeze"; on: boolean }
    /** Under the tag that the next `next` version has, or the one before it. */
    | { what: "take a snapshot by hand"; tag: string }
    | { what: "fill the snapshots" };

type Method = "GET" | "POST" | "HEAD" | "PATCH" | "DELETE";

/** A fault of the wire. */
export interface WireFault {
    method: Method;
    path: string;
    skip: number;
    /** null: to the end of the step. */
    times: number | null;
    fault:
        | { kind: "drop"; when: "before" | "after" }
        | { kind: "status"; status: number; after?: boolean; retryAfter?: number; retryAfterDate?: number }
        | { kind: "echo" }
        | { kind: "malformed"; body?: string }
        | { kind: "truncate" }
        | { kind: "latency"; ms: number };
}

/** What befalls a command while it runs. */
export type Mishap =
    | { kind: "wire"; wire: WireFault }
    | { kind: "death"; place: Place; nth: number; when: "before" | "after" }
    | { kind: "meanwhile"; place: Place; nth: number; when: "before" | "after"; happening: Happening };

/** Which version the program declares. `next` was never declared before; `by hand` is what somebody else deployed last. */
export type Version = { tag: "next" } | { tag: "same" } | { tag: "older"; back: number } | { tag: "by hand" };

/** A change of what the program declares beside the version. */
export type Setting =
    | { set: "changelog"; to: string }
    | { set: "artifact"; to: boolean }
    | { set: "onDelete"; to: "rollback" | "retain" }
    | { set: "rollbackOnFailure"; to: boolean }
    | { set: "onInconclusive"; to: "rollback" | "fail" | "accept" }
    | { set: "onConflict"; to: "wait" | "fail" }
    | { set: "retryRejected"; to: boolean }
    | { set: "validate"; to: boolean }
    | { set: "adopt"; to: boolean }
    | { set: "testCases"; to: 0 | 1 | 2 }
    | { set: "prune"; to: boolean };

/** One step of a history. */
export type Step =
    | { do: "up"; version: Version; mishaps: Mishap[] }
    | { do: "preview"; version: Version; mishaps: Mishap[] }
    | { do: "refresh"; mishaps: Mishap[] }
    | { do: "destroy"; mishaps: Mishap[] }
    | { do: "declare"; setting: Setting }
    | { do: "happens"; happening: Happening }
    | {
          do: "next deployment";
          outcome: "completed" | "failed" | "stuck";
          seconds: number;
          /** Whether it does what it is for, whatever its outcome says; left out, as its outcome says. */
          takesEffect?: boolean | undefined;
      }
    | { do: "wait"; seconds: number }
    | { do: "lose the ledger" };

/** What happens to one release, and how it ends: with the same version once more, or at once with a fresh one. */
export interface History {
    steps: Step[];
    retrySame: boolean;
}

/** Where it hurts most comes up most. */
const METHODS: fc.MaybeWeightedArbitrary<Place>[] = [
    {
        weight: 3,
        arbitrary: fc.constantFrom<Place>(
            "deploy",
            "deploymentStatus",
            "healthy",
            "rollback",
            "append",
            "flow",
        ),
    },
    { weight: 2, arbitrary: fc.constantFrom<Place>(...PLACES) },
];
const when = fc.constantFrom("before" as const, "after" as const);
const content = fc.integer({ min: 0, max: 3 });

const HAPPENINGS: fc.MaybeWeightedArbitrary<Happening>[] = [
    { weight: 4, arbitrary: fc.record({ what: fc.constant("edit" as const), content }) },
    {
        weight: 2,
        arbitrary: fc.record({
            what: fc.constant("deploy by hand" as const),
            seconds: fc.constantFrom(0, 20, 90),
            staging: fc.boolean(),
        }),
    },
    { weight: 2, arbitrary: fc.record({ what: fc.constant("roll back by hand" as const), nth: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("forget" as const), nth: fc.nat(2) }) },
    {
        weight: 5,
        arbitrary: fc.record({
            what: fc.constant("health" as const),
            sequence: fc.array(fc.boolean(), { maxLength: 3 }),
            afterwards: fc.boolean(),
        }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("simulations" as const), fail: fc.boolean() }) },
    {
        weight: 1,
        arbitrary: fc.record({
            what: fc.constant("dependency" as const),
            access: fc.constantFrom("ok" as const, "missing" as const, "forbidden" as const),
        }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("freeze" as const), on: fc.boolean() }) },
];

/** What histories are made of on one platform. */
interface Kind {
    /** Calls that faults befall. */
    wires: readonly (readonly [Method, string])[];
    /** Those of them that change what is live. */
    mutating: readonly (readonly [Method, string])[];
    /** What happens there and nowhere else. */
    happenings: fc.MaybeWeightedArbitrary<Happening>[];
    settings: fc.Arbitrary<Setting>[];
    /** Calls at which a process can be interrupted while it deploys or rolls back. */
    places: CallPlace[];
    takesEffect?: fc.Arbitrary<boolean | undefined>;
}

/** Histories on the bots API. */
export const BOTS: Kind = {
    wires: [
        ["POST", "/oauth/token$"],
        ["GET", "/flows/"],
        ["GET", "/dependencies$"],
        ["HEAD", "/(intents|entities)/"],
        ["POST", "/simulations$"],
        ["GET", "/results$"],
        ["GET", "/deployments$"],
        ["POST", "/deployments$"],
        ["GET", "/status$"],
        ["POST", "/rollback$"],
        ["GET", "/health$"],
        ["GET", "/export$"],
    ],
    mutating: [
        ["POST", "/deployments$"],
        ["POST", "/rollback$"],
    ],
    happenings: [],
    settings: [],
    places: [],
};

/** Histories on the Cognigy.AI API. */
export const AI: Kind = {
    wires: [
        ["GET", "/flows/"],
        ["GET", "/chart/nodes/"],
        ["GET", "/graph$"],
        ["POST", "/playbooks$"],
        ["POST", "/schedule$"],
        ["GET", "/runs/"],
        ["GET", "/tasks/"],
        ["GET", "/tasks$"],
        ["GET", "/snapshots$"],
        ["GET", "/resources$"],
        ["POST", "/snapshots$"],
        ["DELETE", "/snapshots/"],
        ["GET", "/endpoints$"],
        ["GET", "/endpoints/"],
        ["PATCH", "/endpoints/"],
        ["POST", "/endpoint/test/"],
        ["POST", "/(package|downloadlink)$"],
        ["GET", "/downloads/"],
    ],
    mutating: [
        ["POST", "/snapshots$"],
        ["PATCH", "/endpoints/"],
        ["DELETE", "/snapshots/"],
    ],
    happenings: [
        {
            weight: 1,
            arbitrary: fc.record({
                what: fc.constant("take a snapshot by hand" as const),
                tag: fc.constantFrom("v2.0.0", "v2.1.0", "v2.2.0"),
            }),
        },
        { weight: 1, arbitrary: fc.constant({ what: "fill the snapshots" as const }) },
    ],
    settings: [fc.record({ set: fc.constant("prune" as const), to: fc.boolean() })],
    places: [
        "POST …/snapshots",
        "GET …/tasks/",
        "GET …/snapshots?",
        "GET …/chart",
        "GET …/resources",
        "GET …/endpoints/",
        "PATCH …/endpoints/",
        "DELETE …/snapshots/",
    ],
    takesEffect: fc.constantFrom(undefined, undefined, true, false),
};

const wireFault: fc.Arbitrary<WireFault["fault"]> = fc.oneof(
    fc.record({ kind: fc.constant("drop" as const), when }),
    fc.record({
        kind: fc.constant("status" as const),
        status: fc.constantFrom(500, 502, 503, 504),
        after: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("status" as const), status: fc.constant(429), retryAfter: fc.nat(40) }),
    fc.record({ kind: fc.constant("status" as const), status: fc.constant(429), retryAfterDate: fc.nat(40) }),
    fc.record({ kind: fc.constant("status" as const), status: fc.constantFrom(400, 401, 403, 409) }),
    fc.constant({ kind: "echo" as const }),
    fc.constantFrom({ kind: "malformed" as const }, { kind: "malformed" as const, body: '{"items":7}' }),
    fc.constant({ kind: "truncate" as const }),
    fc.record({ kind: fc.constant("latency" as const), ms: fc.constantFrom(50, 400, 5_000) }),
);

/** Random histories on a platform; they shrink to few steps with few mishaps. */
export function historiesOf(kind: Kind): fc.Arbitrary<History> {
    const happening: fc.Arbitrary<Happening> = fc.oneof(...HAPPENINGS, ...kind.happenings);
    const calls =
        kind.places.length === 0 ? [] : [{ weight: 4, arbitrary: fc.constantFrom<Place>(...kind.places) }];
    const place = fc.oneof(...METHODS, ...calls);

    const anyWire: fc.Arbitrary<WireFault> = fc
        .record({
            target: fc.constantFrom(...kind.wires),
            skip: fc.nat(3),
            times: fc.constantFrom(1, 1, 2, 3, 7, 14, null),
            fault: wireFault,
        })
        .map(({ target: [method, path], ...rest }) => ({ method, path, ...rest }));

    /** The platform has done what it was told, and nobody hears of it. */
    const lostAnswer: fc.Arbitrary<WireFault> = fc
        .record({
            target: fc.constantFrom(...kind.mutating),
            skip: fc.constantFrom(0, 0, 0, 1),
            times: fc.constantFrom(1, 1, 2, null),
            fault: fc.constantFrom(
                { kind: "drop" as const, when: "after" as const },
                { kind: "status" as const, status: 502, after: true },
                { kind: "truncate" as const },
                { kind: "malformed" as const },
            ),
        })
        .map(({ target: [method, path], ...rest }) => ({ method, path, ...rest }));

    const wire = fc.oneof({ weight: 3, arbitrary: anyWire }, { weight: 1, arbitrary: lostAnswer });

    const nth = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(5) });

    /** Somebody edits the flow while it is on its way through the gates, or between them and its deployment. */
    const editOnTheWay: fc.Arbitrary<Mishap> = fc.record({
        kind: fc.constant("meanwhile" as const),
        place: fc.constantFrom<Place>(
            "flow",
            "simulation",
            "releasedFlow",
            "deployments",
            "append",
            ...kind.places,
        ),
        nth: fc.nat(5),
        when,
        happening: fc.record({ what: fc.constant("edit" as const), content }),
    });

    const mishap: fc.Arbitrary<Mishap> = fc.oneof(
        { weight: 3, arbitrary: fc.record({ kind: fc.constant("wire" as const), wire }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant("death" as const), place, nth, when }) },
        {
            weight: 2,
            arbitrary: fc.record({ kind: fc.constant("meanwhile" as const), place, nth, when, happening }),
        },
        { weight: 1, arbitrary: editOnTheWay },
    );

    const mishaps = fc.oneof(
        { weight: 2, arbitrary: fc.constant<Mishap[]>([]) },
        { weight: 5, arbitrary: fc.array(mishap, { minLength: 1, maxLength: 4 }) },
    );

    const version: fc.Arbitrary<Version> = fc.oneof(
        { weight: 4, arbitrary: fc.constant({ tag: "next" as const }) },
        { weight: 4, arbitrary: fc.constant({ tag: "same" as const }) },
        {
            weight: 2,
            arbitrary: fc.record({
                tag: fc.constant("older" as const),
                back: fc.integer({ min: 1, max: 3 }),
            }),
        },
        { weight: 1, arbitrary: fc.constant({ tag: "by hand" as const }) },
    );

    const setting: fc.Arbitrary<Setting> = fc.oneof(
        fc.record({ set: fc.constant("changelog" as const), to: fc.constantFrom("one", "two") }),
        fc.record({ set: fc.constant("artifact" as const), to: fc.boolean() }),
        fc.record({
            set: fc.constant("onDelete" as const),
            to: fc.constantFrom("rollback" as const, "retain" as const),
        }),
        fc.record({ set: fc.constant("rollbackOnFailure" as const), to: fc.boolean() }),
        fc.record({
            set: fc.constant("onInconclusive" as const),
            to: fc.constantFrom("rollback" as const, "fail" as const, "accept" as const),
        }),
        fc.record({
            set: fc.constant("onConflict" as const),
            to: fc.constantFrom("wait" as const, "fail" as const),
        }),
        fc.record({ set: fc.constant("retryRejected" as const), to: fc.boolean() }),
        fc.record({ set: fc.constant("validate" as const), to: fc.boolean() }),
        fc.record({ set: fc.constant("adopt" as const), to: fc.boolean() }),
        fc.record({
            set: fc.constant("testCases" as const),
            to: fc.constantFrom(0 as const, 1 as const, 2 as const),
        }),
        ...kind.settings,
    );

    const step: fc.Arbitrary<Step> = fc.oneof(
        { weight: 12, arbitrary: fc.record({ do: fc.constant("up" as const), version, mishaps }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant("preview" as const), version, mishaps }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant("refresh" as const), mishaps }) },
        { weight: 1, arbitrary: fc.record({ do: fc.constant("destroy" as const), mishaps }) },
        { weight: 3, arbitrary: fc.record({ do: fc.constant("declare" as const), setting }) },
        { weight: 6, arbitrary: fc.record({ do: fc.constant("happens" as const), happening }) },
        {
            weight: 2,
            arbitrary: fc.record({
                do: fc.constant("next deployment" as const),
                outcome: fc.constantFrom("completed" as const, "failed" as const, "stuck" as const),
                seconds: fc.constantFrom(0, 1, 30, 7_200),
                ...(kind.takesEffect ? { takesEffect: kind.takesEffect } : {}),
            }),
        },
        {
            weight: 1,
            arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(60, 4_000) }),
        },
        { weight: 1, arbitrary: fc.constant({ do: "lose the ledger" as const }) },
    );

    return fc.record({
        steps: fc.array(step, { minLength: 1, maxLength: 8, size: "max" }),
        retrySame: fc.boolean(),
    });
}

/** A history in lines for people. */
export function describeHistory({ steps, retrySame }: History): string {
    return [
        ...steps.flatMap((one, index) => describeStep(one, index + 1)),
        `   at the end: ${retrySame ? "up, the same version; then " : ""}up, a fresh version; up again; destroy`,
    ].join("\n");
}

function describeStep(step: Step, number: number): string[] {
    const head = `${String(number).padStart(2)}. `;
    switch (step.do) {
        case "up":
        case "preview":
            return [
                `${head}${step.do}, ${describeVersion(step.version)}`,
                ...step.mishaps.map(describeMishap),
            ];
        case "refresh":
        case "destroy":
            return [`${head}${step.do}`, ...step.mishaps.map(describeMishap)];
        case "declare":
            return [`${head}declare ${step.setting.set}: ${step.setting.to}`];
        case "happens":
            return [`${head}${describeHappening(step.happening)}`];
        case "next deployment":
            return [
                `${head}the next deployment ends ${step.outcome} after ${step.seconds} s` +
                    (step.takesEffect === undefined ? "" : `, with effect: ${step.takesEffect}`),
            ];
        case "wait":
            return [`${head}${step.seconds} s go by`];
        default:
            return [`${head}${step.do}`];
    }
}

function describeVersion(version: Version): string {
    return version.tag === "older"
        ? `the version ${version.back} before`
        : version.tag === "by hand"
          ? "what was deployed by hand"
          : `the ${version.tag} version`;
}

function describeMishap(mishap: Mishap): string {
    if (mishap.kind === "wire") {
        const { method, path, skip, times, fault } = mishap.wire;
        const { kind, ...more } = fault;
        const which = `${times ?? "every"}×${skip > 0 ? ` after the first ${skip}` : ""}`;
        return `      - ${method} …${path}: ${kind} ${JSON.stringify(more)}, ${which}`;
    }
    const where = `${mishap.when} ${mishap.place}${mishap.nth > 0 ? ` number ${mishap.nth + 1}` : ""}`;
    return mishap.kind === "death"
        ? `      - the process dies ${where}`
        : `      - ${where}: ${describeHappening(mishap.happening)}`;
}

function describeHappening({ what, ...more }: Happening): string {
    return `${what} ${JSON.stringify(more)}`;
}
