import type { NewEvent } from "../../src/ledger/event.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import {
    contentHistory,
    isInLedger,
    isOurs,
    isUnprovedReturn,
    lastEvent,
    openIntents,
    ownedByAnother,
    ownRelease,
    unfinishedAttempt,
    unfinishedRollback,
    wantedBack,
} from "../../src/pipeline/history.js";
import { eventsIn, ledgerOf } from "../support/ledger.js";

type Event = Partial<NewEvent>;

const VERSION = {
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.2",
    targetEnvironment: "production",
};

const DEPLOYMENT = { botId: VERSION.botId, deploymentId: "dep_1" };

const about = (deployment_id: string, more: Record<string, unknown> = {}) => ({
    target_environment: "production",
    deployment_id,
    ...more,
});
const begun: Event = { action: "deployment_intent", status: "started" };
const ended = (status: NewEvent["status"], id = "dep_1"): Event => ({ status, details: about(id) });
const adopted: Event = { action: "adoption", status: "completed", details: about("dep_1") };
const rollingBack = (id = "dep_1", more = {}): Event => ({
    action: "rollback_intent",
    status: "started",
    details: about(id, more),
});
const rolledBack = (id = "dep_1", more = {}): Event => ({
    action: "rollback",
    status: "completed",
    details: about(id, more),
});

/** The same event of something else. */
const ELSEWHERE: [string, (event: Event) => Event][] = [
    ["another bot", (event) => ({ ...event, bot_id: "bot_2" })],
    ["another flow", (event) => ({ ...event, flow_id: "flow_2" })],
    [
        "another environment",
        (event) => ({ ...event, details: { ...event.details, target_environment: "staging" } }),
    ],
];
const OTHERS: typeof ELSEWHERE = [
    ...ELSEWHERE,
    ["another version", (event) => ({ ...event, version_tag: "v1.5.0" })],
];

const numbers = (events: { details: Record<string, unknown> }[]) =>
    events.map(({ details }) => details.number);

describe("the last event of a version", () => {
    test.each(OTHERS)("is not one of %s", async (_what, of) => {
        const ledger = ledgerOf(ended("failed"), of(ended("completed")));
        expect(await lastEvent(ledger, VERSION, ["deployment_execution"])).toMatchObject({
            status: "failed",
        });
    });

    test("is of the actions that are asked for", async () => {
        const ledger = ledgerOf(begun, ended("failed"), rolledBack());
        expect(await lastEvent(ledger, VERSION, ["deployment_intent", "deployment_execution"])).toMatchObject(
            {
                status: "failed",
            },
        );
        expect(await lastEvent(ledger, VERSION, ["adoption"])).toBeUndefined();
    });
});

describe("a release of ours", () => {
    test.each<[string, boolean, Event[]]>([
        ["went live and stayed", true, [begun, ended("completed")]],
        ["failed", false, [begun, ended("failed")]],
        ["went live by another deployment", false, [begun, ended("completed", "dep_2")]],
        ["was begun again", false, [begun, ended("completed"), begun]],
        ["was never begun", false, []],
    ])("that %s: %s", async (_what, own, events) => {
        expect((await ownRelease(ledgerOf(...events), VERSION, "dep_1")) !== undefined).toBe(own);
    });

    test.each<[string, boolean, Event[]]>([
        ["begun and has no end", true, [begun]],
        ["ended, however it ended", true, [begun, ended("failed")]],
        ["taken over", true, [adopted]],
        ["another one's", false, [begun, ended("completed", "dep_2")]],
        ["nobody's that is known here", false, []],
        ["of another version", false, [{ ...begun, version_tag: "v1.5.0" }]],
    ])("whose deployment is %s is ours: %s", async (_what, ours, events) => {
        expect(await isOurs(ledgerOf(...events), VERSION, "dep_1")).toBe(ours);
    });
});

describe("the owner of a deployment", () => {
    const another = (ledger: Ledger, complianceRef?: string) =>
        ownedByAnother(ledger, { ...DEPLOYMENT, ...(complianceRef === undefined ? {} : { complianceRef }) });
    /** The reference of an event, by its place. */
    const refIn = async (ledger: Ledger, place: number) => (await eventsIn(ledger)).at(place)?.compliance_ref;

    test("is who was given it last", async () => {
        const ledger = ledgerOf(ended("completed"), adopted);
        expect(await another(ledger, await refIn(ledger, 0))).toBe(true);
        expect(await another(ledger, await refIn(ledger, 1))).toBe(false);
        const deployed = ledgerOf(adopted, ended("completed"));
        expect(await another(deployed, await refIn(deployed, 0))).toBe(true);
    });

    test.each<[string, Event]>([
        ["that failed", ended("failed")],
        ["of another deployment", ended("completed", "dep_2")],
        ["that is a rollback", rolledBack()],
    ])("does not change with an event %s", async (_what, event) => {
        const ledger = ledgerOf(ended("completed"), event);
        expect(await another(ledger, await refIn(ledger, 0))).toBe(false);
    });

    test("is not another where nobody is known, or who asks is not", async () => {
        expect(await another(ledgerOf(), "AUD-1")).toBe(false);
        expect(await another(ledgerOf(ended("completed")))).toBe(false);
    });
});

describe("an attempt", () => {
    test.each<[string, boolean, Event[]]>([
        ["was begun", true, [begun]],
        ["was begun, and rolled back without a word of its end", true, [begun, rollingBack(), rolledBack()]],
        ["ended", false, [begun, ended("failed")]],
        ["was taken over", false, [begun, adopted]],
    ])("that %s is unfinished: %s", async (_what, unfinished, events) => {
        expect((await unfinishedAttempt(ledgerOf(...events), VERSION)) !== undefined).toBe(unfinished);
    });

    test.each<[string, unknown[] | undefined, Event[]]>([
        ["when it was begun", [1, 2], [begun, rollingBack()]],
        ["when it was made", [1, 3], [begun, rollingBack(), rolledBack()]],
        [
            "when the attempt's end is told",
            undefined,
            [begun, rollingBack(), rolledBack(), ended("rolled_back")],
        ],
        ["when the version was begun again", undefined, [begun, rollingBack(), rolledBack(), begun]],
        [
            "where the release had ended, as for a delete",
            undefined,
            [begun, ended("completed"), rollingBack()],
        ],
        ["where there is none", undefined, [begun]],
    ])("has an unfinished rollback %s: %j", async (_when, expected, events) => {
        const found = await unfinishedRollback(ledgerOf(...events), VERSION);
        expect(found && numbers([found.intent, found.rollback])).toEqual(expected);
    });
});

describe("a deployment", () => {
    test("is in the ledger where any event tells of it", async () => {
        expect(await isInLedger(ledgerOf(begun, rolledBack()), DEPLOYMENT)).toBe(true);
        expect(await isInLedger(ledgerOf(begun, rolledBack("dep_2")), DEPLOYMENT)).toBe(false);
    });

    test.each<[string, boolean, Event[]]>([
        ["is led back to", true, [rollingBack("dep_2", { returns_to: "dep_1" })]],
        [
            "is led back to, and proved",
            false,
            [rollingBack("dep_2", { returns_to: "dep_1" }), ended("completed")],
        ],
        [
            "is led back to, and another is proved",
            true,
            [rollingBack("dep_2", { returns_to: "dep_1" }), ended("completed", "dep_3")],
        ],
        ["is beneath a rollback to another", false, [rollingBack("dep_2", { returns_to: "dep_0" })]],
        ["is only told of by the end of a rollback", false, [rolledBack("dep_2", { returns_to: "dep_1" })]],
        [
            "is proved once, and led back to again",
            true,
            [ended("completed"), rollingBack("dep_2", { returns_to: "dep_1" }), rolledBack("dep_1")],
        ],
    ])("that %s is an unproved return: %s", async (_what, unproved, events) => {
        expect(await isUnprovedReturn(ledgerOf(...events), DEPLOYMENT)).toBe(unproved);
    });
});

describe("what may be wanted back", () => {
    const live = (id: string, previous?: unknown): Event => ({
        ...ended("completed", id),
        details: about(id, { previous_deployment_id: previous }),
    });

    test("is in each place the last good one, and what it took the place of", async () => {
        const ledger = ledgerOf(
            live("dep_1"),
            live("dep_2", "dep_1"),
            live("dep_3", "dep_2"),
            ended("failed", "dep_4"),
            rolledBack("dep_5"),
            ...ELSEWHERE.map(([, of]) => of(live("dep_elsewhere", "dep_before"))),
            { ...live("dep_6"), flow_id: "flow_3" },
        );
        expect(await wantedBack(ledger, "bot_12345")).toStrictEqual([
            "dep_3",
            "dep_2",
            ...["dep_elsewhere", "dep_before"],
            ...["dep_elsewhere", "dep_before"],
            "dep_6",
        ]);
    });
});

describe("what was begun and has no outcome", () => {
    test.each(ELSEWHERE)("is not of %s", async (_what, of) => {
        expect(await openIntents(ledgerOf(of(begun), of(rollingBack())), VERSION)).toEqual([]);
        expect(numbers(await openIntents(ledgerOf(begun, of(ended("completed"))), VERSION))).toEqual([1]);
    });

    test.each<[string, Event[], number[]]>([
        ["a deployment", [begun], [1]],
        ["no deployment that ended", [begun, ended("failed")], []],
        ["no deployment that was taken over", [begun, adopted], []],
        ["a deployment whose rollback ended", [begun, rollingBack(), rolledBack()], [1]],
        ["a rollback", [rollingBack()], [1]],
        [
            "no rollback that ended, whatever its version",
            [rollingBack(), { ...rolledBack(), version_tag: "v9" }],
            [],
        ],
        ["a rollback where another one ended", [rollingBack(), rolledBack("dep_2")], [1]],
        ["a rollback, though the release ended", [rollingBack(), ended("failed")], [1]],
        ["each version by itself", [begun, { ...begun, version_tag: "v1.5.0" }, ended("failed")], [2]],
        ["what was begun again, as the latest", [begun, { ...begun, version_tag: "v1.5.0" }, begun], [2, 3]],
        ["nothing else that was started", [{ action: "health_check", status: "started" }], []],
    ])("is %s", async (_what, events, expected) => {
        expect(numbers(await openIntents(ledgerOf(...events), VERSION))).toEqual(expected);
    });
});

describe("what became of a content", () => {
    const HASH = "sha256:this";
    const stood = (status: NewEvent["status"], more: Event = {}): Event => ({
        ...ended(status),
        content_hash: HASH,
        ...more,
    });
    const inStaging = about("dep_s", { target_environment: "staging" });
    const historyOf = (...events: Event[]) => contentHistory(ledgerOf(...events), VERSION, HASH);
    const proof = (environment: string, seconds: number) => ({
        environment,
        since: new Date(Date.UTC(2026, 0, 5, 9, 0, seconds)).toISOString(),
    });

    test("is proved in each environment since it first went live there", async () => {
        expect(
            await historyOf(
                stood("completed", { details: inStaging }),
                stood("completed"),
                stood("completed"),
            ),
        ).toEqual({ proven: [proof("staging", 0), proof("production", 1)] });
    });

    test.each<[string, Event]>([
        ["failed", stood("failed")],
        ["another content", stood("completed", { content_hash: "sha256:other" })],
        ["another bot", stood("completed", { bot_id: "bot_2" })],
        ["another flow", stood("completed", { flow_id: "flow_2" })],
        ["a gate", stood("completed", { action: "simulation" })],
    ])("is not proved by what is of this kind: %s", async (_what, event) => {
        expect(await historyOf(event)).toEqual({ proven: [] });
    });

    test("is not proved any more where it was rolled back, and only there", async () => {
        const staging = stood("completed", { details: inStaging });
        expect(await historyOf(staging, stood("completed"), rolledBack())).toEqual({
            proven: [proof("staging", 0)],
        });
        expect(await historyOf(stood("completed"), rolledBack("dep_2"))).toEqual({
            proven: [proof("production", 0)],
        });
        expect(await historyOf(stood("completed"), { ...rolledBack(), flow_id: "flow_2" })).toEqual({
            proven: [proof("production", 0)],
        });
        expect(await historyOf(stood("completed"), rollingBack())).toEqual({
            proven: [proof("production", 0)],
        });
    });

    const rejected = (details: Record<string, unknown> = {}) =>
        stood("rolled_back", { details: about("dep_1", details) });

    test("is rejected by its last attempt in the environment, with what was said of it", async () => {
        const { rejected: found } = await historyOf(rejected({ reason: "why", summary: "in words" }));
        expect(found).toEqual({ versionTag: "v1.4.2", at: proof("production", 0).since, reason: "in words" });
        expect((await historyOf(rejected({ reason: "why" }))).rejected?.reason).toBe("why");
        expect((await historyOf(rejected())).rejected?.reason).toBe("");
    });

    test.each<[string, boolean, Event[]]>([
        ["went live since", false, [rejected(), stood("completed")]],
        ["failed since", true, [rejected(), stood("failed")]],
        [
            "is of another version by now",
            true,
            [rejected(), stood("completed", { content_hash: "sha256:other" })],
        ],
        ["was rolled back elsewhere", false, [stood("rolled_back", { details: inStaging })]],
        ["went live elsewhere since", true, [rejected(), stood("completed", { details: inStaging })]],
    ])("that %s is rejected: %s", async (_what, is, events) => {
        expect((await historyOf(...events)).rejected !== undefined).toBe(is);
    });
});
