import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { PlatformData } from "cognigy-emulator";
import { HeldPlatform, type Hold } from "./held-platform";
import { inFull } from "./in-full";
import type { Phase } from "./kill-phases";
import { providersOf } from "./processes";
import { type Declared, type Printed, ReleaseStack, type Resource } from "./releases";

const CLIENT = {
    clientId: "client-of-the-kills",
    clientSecret: "s3cret-of-the-kills",
    audience: "https://api.cognigy.com",
};
const BEFORE = "v1.4.1";
export const VERSION = "v1.4.2";

/** A release in a phase of its own. */
export interface Row {
    phase: Phase;
    name: string;
    botId: string;
    platform: HeldPlatform;
}

/** A stack with a release for each phase: one run is in all of them at the same time. */
export class KillMatrix {
    private constructor(
        readonly releases: ReleaseStack,
        readonly rows: readonly Row[],
    ) {}

    static async start(phases: readonly Phase[]): Promise<KillMatrix> {
        const releases = await ReleaseStack.start();
        const rows = await Promise.all(
            phases.map(async (phase, index) => {
                const botId = `bot_${index}`;
                const platform = await HeldPlatform.start(dataOf(botId, phase));
                await phase.arrange?.(platform, botId);
                return { phase, name: `release-${index}`, botId, platform };
            }),
        );
        for (const { name, platform } of rows) {
            // Each release reaches its platform by a connection of its own.
            const variable = name.replace("-", "_").toUpperCase();
            Object.assign(releases.stack.env, {
                [`${variable}_BASE_URL`]: platform.url,
                [`${variable}_CLIENT_ID`]: CLIENT.clientId,
                [`${variable}_CLIENT_SECRET`]: CLIENT.clientSecret,
                [`${variable}_AUDIENCE`]: CLIENT.audience,
            });
        }
        const matrix = new KillMatrix(releases, rows);
        matrix.declare(rows, VERSION);
        return matrix;
    }

    /** Takes over what is live already, so that what comes is an update. */
    async adopt(): Promise<void> {
        this.declare(this.rows, BEFORE, { adopt: true });
        const { code, text } = await this.up();
        if (code !== 0) {
            throw new Error(`what is live was not taken over: ${text}`);
        }
        this.declare(this.rows, VERSION);
    }

    /** What the program declares from now on. */
    declare(rows: readonly Row[], versionTag: string, more: Declared = {}): void {
        this.releases.declare(
            Object.fromEntries(
                rows.map(({ phase, name, botId }) => [
                    name,
                    {
                        botId,
                        connection: name,
                        flowId: "flow_67890",
                        versionTag,
                        changelog: "Updated intent mapping for booking flow.",
                        targetEnvironment: "production",
                        health: { intervalSeconds: 0.1, successesRequired: 3 },
                        ...phase.args,
                        ...more,
                    },
                ]),
            ),
        );
    }

    /** `pulumi up` of all releases at once: one that fails does not keep the others from going on. */
    up(abort?: AbortSignal): Promise<Printed> {
        return this.run("up", abort);
    }

    destroy(): Promise<Printed> {
        return this.run("destroy");
    }

    private run(command: string, abort?: AbortSignal): Promise<Printed> {
        const options = ["--yes", "--skip-preview", "--parallel", "64", "--continue-on-error"];
        return this.releases.stack.pulumi([command, ...options], abort ? { abort } : {});
    }

    /**
     * Starts a run, and waits until every release is in its phase.
     *
     * @param hold where a release is held, if it is.
     * @returns how the run ends.
     */
    async runInto(
        command: () => Promise<Printed>,
        hold: (row: Row) => Hold | undefined = ({ phase }) => phase.hold,
    ): Promise<{ run: Promise<Printed> }> {
        const held = Promise.all(
            this.rows.map((row) => {
                const place = hold(row);
                return place && row.platform.hold(place);
            }),
        );
        const run = command();
        const first = await Promise.race([held, run]);
        if ("text" in first) {
            throw new Error(`the run has ended before every release was in its phase: ${first.text}`);
        }
        return { run };
    }

    killProviders(): void {
        for (const provider of providersOf(this.releases.stack.project)) {
            process.kill(provider, "SIGKILL");
        }
    }

    /** What the phases needed is over: other deployments, and those that take their time, have ended. */
    goOn(): void {
        for (const { platform, phase } of this.rows) {
            phase.goOn?.(platform);
        }
    }

    /** Whoever is held goes on. */
    letGo(): void {
        for (const { platform } of this.rows) {
            platform.letGo();
        }
    }

    /** Until nobody has asked any platform for a while. */
    async quiet(): Promise<void> {
        const count = async () => {
            const requests = this.rows.map(({ platform }) => platform.emulator.control.requests());
            return (await Promise.all(requests)).flat().length;
        };
        for (let last = -1, now = await count(); now !== last; now = await count()) {
            last = now;
            await delay(1_500);
        }
    }

    async forgetRequests(): Promise<void> {
        await Promise.all(this.rows.map(({ platform }) => platform.emulator.control.clearRequests()));
    }

    /** What stands on the platform. */
    standing({ platform, botId }: Row): string {
        const { status } = this.deployment(platform) ?? {};
        const proved = this.events(botId).some(
            ({ action, status: ended }) => action === "deployment_execution" && ended === "completed",
        );
        const unhealthy = this.events(botId).some(({ action }) => action === "rollback_intent");
        switch (status) {
            case undefined:
                return `\`${BEFORE}\` live, nothing of \`${VERSION}\``;
            case "in_progress":
                return `\`${BEFORE}\` live, \`${VERSION}\` on its way`;
            case "completed":
                return `\`${VERSION}\` live${proved ? "" : unhealthy ? ", unhealthy" : ", not proved"}`;
            default:
                return `\`${BEFORE}\` live again`;
        }
    }

    /** What a run has done on the platform since the requests were forgotten. */
    async did({ platform }: Row): Promise<string> {
        const requests = await platform.emulator.control.requests();
        const asked = (method: string, path: RegExp) =>
            requests.filter((request) => request.method === method && path.test(request.path));
        const deployed = asked("POST", /\/deployments$/).length > 0;
        const looked = asked("GET", /\/status$/).length > 0;
        const rollbacks = asked("POST", /\/rollback$/);
        const back = rollbacks.some(({ status }) => status !== null && status < 300);
        const probes = asked("GET", /\/health$/).length > 0;
        const done = [
            asked("HEAD", /./).length > 0 && "runs the gates",
            deployed && "deploys",
            !deployed && looked && "takes the deployment up",
            back ? "rolls it back" : rollbacks.length > 0 && "finds it rolled back",
            probes && (rollbacks.length > 0 ? `bakes \`${BEFORE}\`` : "bakes"),
            // The first one is what the new version is compared with.
            asked("GET", /\/export$/).length > 1 && "exports",
        ].filter(Boolean);
        return done.join(", ") || "finds it done";
    }

    /** What is live, by the platform, the state and the ledger; and what was told. They must agree. */
    async end({ platform, botId, name }: Row, { text }: Printed): Promise<string> {
        const live = platform.emulator.platform.deployments
            .live(botId)
            .find(({ targetEnvironment }) => targetEnvironment === "production");
        const kept = (await this.resources()).get(name)?.outputs;
        const outputs = kept && inFull(kept);
        const told = text.includes(`(bot ${botId}) to production was rolled back, health_check_failed`);
        const executions = this.events(botId).filter(({ action }) => action === "deployment_execution");
        const views = {
            deployments: this.deployments(platform).map(({ status }): string => status),
            live: live?.versionTag,
            state: outputs && `${outputs.status}: ${outputs.liveVersionTag} live`,
            sameDeployment:
                outputs?.deploymentId === undefined || outputs.deploymentId === live?.deploymentId,
            ledger: executions.map(({ status }) => status),
            open: this.openIntents(botId),
            told,
        };
        const all = JSON.stringify(views);
        const is = (expected: Partial<typeof views>) => all === JSON.stringify({ ...views, ...expected });
        const noneOpen = { open: [], sameDeployment: true };
        if (
            is({
                ...noneOpen,
                deployments: ["completed"],
                live: VERSION,
                state: `completed: ${VERSION} live`,
                ledger: ["completed"],
                told: false,
            })
        ) {
            return `\`${VERSION}\` live`;
        }
        const back = { ...noneOpen, deployments: ["rolled_back"], live: BEFORE };
        if (is({ ...back, state: `rolled_back: ${BEFORE} live`, ledger: ["rolled_back"], told: true })) {
            return `told that it was rolled back; \`${BEFORE}\` live`;
        }
        if (outputs === undefined && is({ ...back, state: undefined })) {
            return `deleted; \`${BEFORE}\` live`;
        }
        return all;
    }

    /** The files in the folder of artifacts. */
    artifacts(): string[] {
        const folder = join(this.releases.stack.project, "artifacts");
        return existsSync(folder) ? readdirSync(folder) : [];
    }

    async stop(): Promise<void> {
        this.killProviders();
        await Promise.all(this.rows.map(({ platform }) => platform.stop()));
        await this.releases.stop();
    }

    private deployments({ emulator }: HeldPlatform) {
        return emulator.platform.deployments.records().filter(({ versionTag }) => versionTag === VERSION);
    }

    private deployment(platform: HeldPlatform) {
        return this.deployments(platform).at(-1);
    }

    private async resources(): Promise<Map<string, Resource>> {
        const { deployment } = JSON.parse(await this.releases.state()) as {
            deployment: { resources?: Resource[] };
        };
        return new Map(
            (deployment.resources ?? []).map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]),
        );
    }

    private events(botId: string): LedgerLine[] {
        const ledger = join(this.releases.stack.project, "cognigy-ledger.jsonl");
        return readFileSync(ledger, "utf8")
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line) as LedgerLine)
            .filter(({ bot_id }) => bot_id === botId);
    }

    /** What was begun and has no outcome. */
    private openIntents(botId: string): string[] {
        const open = new Set<string>();
        for (const { action } of this.events(botId)) {
            if (action.endsWith("_intent")) {
                open.add(action.slice(0, -"_intent".length));
            } else {
                open.delete(action === "deployment_execution" ? "deployment" : action);
            }
        }
        return [...open];
    }
}

interface LedgerLine {
    bot_id: string;
    action: string;
    status: string;
}

function dataOf(botId: string, { unhealthy }: Phase): PlatformData {
    return {
        simulationMs: 1,
        deploymentMs: 1,
        clients: [CLIENT],
        bots: [
            {
                id: botId,
                intents: [{ id: "book_flight", examples: ["book a flight"] }],
                flows: [
                    {
                        id: "flow_67890",
                        nodes: [
                            { id: "n1", type: "start", next: "n2" },
                            { id: "n2", type: "intentRouter", config: { intents: ["book_flight"] } },
                        ],
                        dependencies: [
                            { resourceType: "intent", resourceId: "book_flight", referencePath: "n2" },
                        ],
                    },
                ],
                deployments: [
                    {
                        deploymentId: "dep_141",
                        flowId: "flow_67890",
                        versionTag: BEFORE,
                        targetEnvironment: "production",
                        createdAt: "2025-01-01T08:00:00.000Z",
                    },
                ],
                ...(unhealthy ? { health: { sequence: [false] } } : {}),
            },
        ],
    };
}
