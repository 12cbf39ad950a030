import type { HeldPlatform, Hold } from "./held-platform";
import type { Declared } from "./releases";

/** A phase of a release in which its run may end, and what comes of it. */
export interface Phase {
    /** When it is. */
    when: string;
    /** Where the release is held, so that it is then. */
    hold: Hold;
    /** Whether the new version turns out unhealthy. */
    unhealthy?: true;
    /** Brings about what the phase needs. */
    arrange?: (platform: HeldPlatform, botId: string) => Promise<unknown>;
    /** Ends what the phase needs. */
    goOn?: (platform: HeldPlatform) => void;
    args?: Declared;
    /** What stands on the platform when the provider is killed. */
    stood: string;
    /** What the next run does. */
    next: string;
    end: End;
}

/** What is so when the next run is over. */
export type End = "`v1.4.2` live" | "told that it was rolled back; `v1.4.1` live" | "deleted; `v1.4.1` live";

const NOTHING = "`v1.4.1` live, nothing of `v1.4.2`";
const LIVE: End = "`v1.4.2` live";
const BACK: End = "told that it was rolled back; `v1.4.1` live";

const OTHER = { flowId: "flow_67890", versionTag: "v9.9.9", targetEnvironment: "staging" };
const HALF_AN_HOUR = 1_800_000;
const simulation = { testCases: [{ input: "book a flight", expectedIntent: "book_flight" }] };

/** While the gates run. Nothing that comes after them can be held beside it: the engine waits for each. */
export const IN_THE_GATES: Phase[] = [
    {
        when: "the dependencies are checked",
        hold: { request: /^HEAD /, at: "before" },
        stood: NOTHING,
        next: "runs the gates, deploys, bakes",
        end: LIVE,
    },
    {
        when: "the simulation is about to be sent",
        hold: { request: /^POST .*\/simulations$/, at: "before" },
        args: { simulation },
        stood: NOTHING,
        next: "runs the gates, deploys, bakes",
        end: LIVE,
    },
    {
        when: "the simulation was sent, its answer not read",
        hold: { request: /^POST .*\/simulations$/, at: "after" },
        args: { simulation },
        stood: NOTHING,
        next: "runs the gates, deploys, bakes",
        end: LIVE,
    },
    {
        when: "the simulation is looked at",
        hold: { request: /^GET .*\/results$/, at: "before" },
        args: { simulation },
        stood: NOTHING,
        next: "runs the gates, deploys, bakes",
        end: LIVE,
    },
];

/** After the gates, while a release is brought live or taken back. */
export const ON_THE_WAY: Phase[] = [
    {
        when: "another deployment of the bot is waited for",
        hold: { request: /^GET .*\/deployments\?.*status=in_progress/, nth: 3, at: "before" },
        arrange: ({ emulator }, botId) =>
            emulator.control.deployByHand(botId, { ...OTHER, durationMs: HALF_AN_HOUR }),
        goOn: (platform) => platform.later(HALF_AN_HOUR),
        stood: NOTHING,
        next: "deploys, bakes",
        end: LIVE,
    },
    {
        when: "the deployment is about to be sent",
        hold: { request: /^POST .*\/deployments$/, at: "before" },
        stood: NOTHING,
        next: "deploys, bakes",
        end: LIVE,
    },
    {
        when: "the deployment was sent, its answer not read",
        hold: { request: /^POST .*\/deployments$/, at: "after" },
        stood: "`v1.4.2` live, not proved",
        next: "takes the deployment up, bakes",
        end: LIVE,
    },
    {
        when: "the deployment is on its way",
        hold: { request: /^GET .*\/status$/, at: "before" },
        arrange: ({ emulator }) => emulator.control.deploymentScript({ durationMs: HALF_AN_HOUR }),
        goOn: (platform) => platform.later(HALF_AN_HOUR),
        stood: "`v1.4.1` live, `v1.4.2` on its way",
        next: "takes the deployment up, bakes",
        end: LIVE,
    },
    {
        when: "the new version is baked",
        hold: { request: /^GET .*\/health$/, nth: 2, at: "before" },
        stood: "`v1.4.2` live, not proved",
        next: "takes the deployment up, bakes",
        end: LIVE,
    },
    {
        when: "the artifact is written",
        hold: { request: /^GET .*\/export/, after: /\/health$/, at: "middle" },
        args: { artifact: { directory: "artifacts" } },
        stood: "`v1.4.2` live, not proved",
        next: "takes the deployment up, bakes, exports",
        end: LIVE,
    },
    {
        when: "the rollback is about to be sent",
        hold: { request: /^POST .*\/rollback$/, at: "before" },
        unhealthy: true,
        stood: "`v1.4.2` live, unhealthy",
        next: "rolls it back, bakes `v1.4.1`",
        end: BACK,
    },
    {
        when: "the rollback was sent, its answer not read",
        hold: { request: /^POST .*\/rollback$/, at: "after" },
        unhealthy: true,
        stood: "`v1.4.1` live again",
        next: "finds it rolled back, bakes `v1.4.1`",
        end: BACK,
    },
    {
        when: "the version before is baked again",
        hold: { request: /^GET .*\/health$/, after: /\/rollback$/, at: "before" },
        unhealthy: true,
        stood: "`v1.4.1` live again",
        next: "finds it rolled back, bakes `v1.4.1`",
        end: BACK,
    },
];

/** While `pulumi destroy` takes a release back. */
export const TAKING_DOWN: Phase[] = [
    {
        when: "`destroy`: the rollback is about to be sent",
        hold: { request: /^POST .*\/rollback$/, at: "before" },
        stood: "`v1.4.2` live",
        next: "rolls it back",
        end: "deleted; `v1.4.1` live",
    },
    {
        when: "`destroy`: the rollback was sent, its answer not read",
        hold: { request: /^POST .*\/rollback$/, at: "after" },
        stood: "`v1.4.1` live again",
        next: "finds it done",
        end: "deleted; `v1.4.1` live",
    },
];
