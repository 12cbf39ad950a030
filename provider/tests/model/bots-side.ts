import type { PlatformData } from "cognigy-emulator";
import { contentHash } from "../../src/release/content-hash.js";
import type { World } from "../support/harness.js";
import { CLIENT_SECRET, platformData } from "../support/platform-data.js";
import { BOTS, type Happening, historiesOf } from "./history.js";
import {
    ifPossible,
    type NextDeployment,
    type PlatformSide,
    type SideMaker,
    type Version,
    type Watcher,
} from "./platform-side.js";

const BOT = "bot_12345";
const FLOW = "flow_67890";
const ENVIRONMENT = "production";

/** The bots API: deployments are records that the platform keeps. */
export const botsSide: SideMaker = {
    api: "bots",
    histories: historiesOf(BOTS),
    data: smallData,
    make: async (world) => new BotsSide(world),
};

class BotsSide implements PlatformSide {
    readonly place = { botId: BOT, flowId: FLOW, targetEnvironment: ENVIRONMENT };
    readonly health = {};
    readonly editsGoUnseen = true;
    private readonly tokens: string[] = [];
    private byHand = 0;

    constructor(private readonly world: World) {
        const { tokens } = this.platform;
        const issue = tokens.issue.bind(tokens);
        tokens.issue = (credentials) => {
            const issued = issue(credentials);
            this.tokens.push(issued.token);
            return issued;
        };
    }

    get deployedByHand(): string | undefined {
        return this.byHand > 0 ? `v9.${this.byHand}.0` : undefined;
    }

    watch(watcher: Watcher): void {
        const { deployments } = this.platform;
        const start = deployments.start.bind(deployments);
        const started: Version[] = [];
        deployments.start = (request) => {
            const { versionTag } = request;
            const ours = started.find(
                (one) => one.versionTag === versionTag && this.stands(one.deploymentId),
            );
            if (ours) {
                watcher.broken(
                    8,
                    `${versionTag} is sent again while its deployment ${ours.deploymentId} stands`,
                );
            }
            const version = { deploymentId: start(request), versionTag };
            started.push(version);
            watcher.started({ ...version, contentHash: this.draftHash(), names: [] });
            return version.deploymentId;
        };
    }

    secrets(): string[] {
        return [CLIENT_SECRET, ...this.tokens];
    }

    draftHash(): string {
        return contentHash(this.platform.catalog.flow(BOT, FLOW).definition as never);
    }

    live(): Version | undefined {
        return this.platform.deployments
            .live(BOT)
            .find((one) => one.flowId === FLOW && one.targetEnvironment === ENVIRONMENT);
    }

    sight(): unknown {
        const { deployments, catalog } = this.platform;
        return [deployments.records(), catalog.flow(BOT, FLOW).definition];
    }

    stands(deploymentId: string): boolean {
        return this.platform.deployments
            .records()
            .some(
                (record) =>
                    record.deploymentId === deploymentId &&
                    (record.status === "in_progress" || record.status === "completed"),
            );
    }

    isFrozen(): boolean {
        // A version is the draft, until it is deployed.
        return false;
    }

    overlaps(): { one: string; other: string }[] {
        const spans = this.platform.deployments.records().map((record) => ({
            tag: record.versionTag,
            from: Date.parse(record.createdAt),
            to: Date.parse(record.completedAt ?? record.rollback?.at ?? "9999-01-01T00:00:00Z"),
        }));
        return spans.flatMap((one, index) =>
            spans
                .slice(index + 1)
                .filter((other) => one.from < other.to && other.from < one.to)
                .map((other) => ({ one: one.tag, other: other.tag })),
        );
    }

    happen(happening: Happening): void {
        const { catalog, deployments, simulations } = this.platform;
        switch (happening.what) {
            case "edit":
                this.edit(`content ${happening.content}`);
                break;
            case "deploy by hand": {
                this.byHand += 1;
                const request = {
                    botId: BOT,
                    flowId: FLOW,
                    versionTag: `v9.${this.byHand}.0`,
                    targetEnvironment: happening.staging ? "staging" : ENVIRONMENT,
                    changelog: "",
                    createdBy: "somebody else",
                };
                ifPossible(() => deployments.deployByHand(request, happening.seconds * 1000));
                break;
            }
            case "roll back by hand":
            case "forget": {
                const standing = deployments
                    .records()
                    .filter(({ status }) => status === "completed" || status === "in_progress")
                    .reverse()[happening.nth];
                if (standing) {
                    const { deploymentId } = standing;
                    ifPossible(() =>
                        happening.what === "forget"
                            ? deployments.forget(deploymentId)
                            : deployments.rollBack(deploymentId, "by hand"),
                    );
                }
                break;
            }
            case "health":
                this.platform.scriptHealth(BOT, {
                    sequence: happening.sequence,
                    // biome-ignore lint/suspicious/noThenProperty: what the platform calls it
                    then: happening.afterwards,
                });
                break;
            case "simulations":
                simulations.configure({
                    fail: happening.fail ? ["book a flight", "cancel my reservation"] : [],
                });
                break;
            case "dependency":
                catalog.setResource(BOT, "entity", "city", happening.access);
                break;
            default:
        }
    }

    edit(text: string): void {
        this.platform.catalog.patchFlow(BOT, FLOW, { nodes: { n3: { config: { text } } } });
    }

    nextDeployment({ outcome, seconds }: NextDeployment): void {
        this.platform.deployments.addScript({ outcome, durationMs: seconds * 1000 });
    }

    settle(): void {
        const { deployments } = this.platform;
        // What was said of deployments to come no longer counts.
        (Reflect.get(deployments, "scripts") as unknown[]).length = 0;
        if (deployments.inProgressOf(BOT)) {
            this.world.clock.skip(3 * 3_600_000);
            const stuck = deployments.inProgressOf(BOT);
            if (stuck) {
                deployments.rollBack(stuck, "by hand");
            }
        }
    }

    private get platform() {
        return this.world.emulator.platform;
    }
}

/** Little to check, so that a history is short. */
function smallData(): PlatformData {
    const data = platformData();
    const [bot] = data.bots;
    const [flow] = bot?.flows ?? [];
    if (!bot || !flow) {
        throw new Error("the data has no flow");
    }
    return {
        ...data,
        // As many looks at each as mishaps are counted by.
        simulationMs: 100,
        deploymentMs: 125,
        bots: [
            {
                ...bot,
                flows: [
                    {
                        ...flow,
                        dependencies: [flow.dependencies?.[0], flow.dependencies?.[2]].flatMap(
                            (row) => row ?? [],
                        ),
                    },
                ],
            },
        ],
    };
}
