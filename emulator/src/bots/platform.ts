import type { Clock } from "../clock";
import type { HealthData, PlatformData } from "../data/platform-data";
import { Refusal } from "../refusal";
import { artifactOf } from "./artifact";
import { Catalog } from "./catalog";
import { type DeploymentRecord, Deployments, type LiveVersion } from "./deployments";
import { Health } from "./health";
import { Simulations } from "./simulations";
import { type ClientSummary, Tokens } from "./tokens";

/** What a health probe tells. */
export interface HealthReport {
    readonly healthy: boolean;
    readonly botId: string;
    readonly checkedAt: string;
    readonly checks: {
        readonly liveVersions: readonly LiveVersion[];
        readonly deploymentInProgress: string | null;
    };
}

/** The state of the platform at a glance. */
export interface PlatformState {
    readonly clients: readonly ClientSummary[];
    /** Oldest first. */
    readonly deployments: readonly DeploymentRecord[];
    readonly live: readonly (LiveVersion & { readonly botId: string })[];
    /** By bot: what the next probes answer. */
    readonly health: Readonly<Record<string, Required<HealthData>>>;
}

interface Parts {
    readonly catalog: Catalog;
    readonly tokens: Tokens;
    readonly deployments: Deployments;
    readonly simulations: Simulations;
    readonly health: Health;
}

/** The platform behind the bots API, without HTTP: a state that calls and time move on. */
export class BotsPlatform {
    private parts: Parts;

    constructor(
        private readonly data: PlatformData,
        private readonly clock: Clock,
    ) {
        this.parts = this.build();
    }

    /** Bots, drafts, resources. */
    get catalog(): Catalog {
        return this.parts.catalog;
    }

    /** Clients and their tokens. */
    get tokens(): Tokens {
        return this.parts.tokens;
    }

    get deployments(): Deployments {
        return this.parts.deployments;
    }

    get simulations(): Simulations {
        return this.parts.simulations;
    }

    /** Goes back to the data with which it was built; all tokens become invalid. */
    reset(): void {
        this.parts = this.build();
    }

    /** One health probe of a bot. @throws Refusal when there is no such bot */
    probeHealth(botId: string): HealthReport {
        this.catalog.bot(botId);
        return {
            healthy: this.parts.health.probe(botId),
            botId,
            checkedAt: new Date(this.clock.now()).toISOString(),
            checks: {
                liveVersions: this.deployments.live(botId),
                deploymentInProgress: this.deployments.inProgressOf(botId),
            },
        };
    }

    /** Sets what the next health probes of a bot answer. @throws Refusal when there is no such bot */
    scriptHealth(botId: string, script: HealthData): void {
        this.catalog.bot(botId);
        this.parts.health.script(botId, script);
    }

    /** The artifact of a version. @throws Refusal when there is no such bot or tag */
    export(botId: string, versionTag: string): Buffer {
        const bot = this.catalog.bot(botId);
        const snapshots = this.deployments.snapshots(botId, versionTag);
        if (snapshots.length === 0) {
            throw Refusal.notFound(`The bot "${botId}" has no version ${versionTag}.`);
        }
        return artifactOf(bot, versionTag, snapshots);
    }

    state(): PlatformState {
        const botIds = this.data.bots.map((bot) => bot.id);
        return {
            clients: this.tokens.summaries(),
            deployments: this.deployments.records(),
            live: botIds.flatMap((botId) =>
                this.deployments.live(botId).map((version) => ({ botId, ...version })),
            ),
            health: Object.fromEntries(botIds.map((botId) => [botId, this.parts.health.outlook(botId)])),
        };
    }

    private build(): Parts {
        const { data, clock } = this;
        const catalog = new Catalog(data.bots, clock);
        const health = new Health();
        for (const bot of data.bots) {
            if (bot.health) {
                health.script(bot.id, bot.health);
            }
        }
        return {
            catalog,
            tokens: new Tokens(data.clients, data.tokenLifetimeSeconds ?? 3600, clock),
            deployments: new Deployments(data, catalog, clock),
            simulations: new Simulations(data.simulationMs ?? 150, catalog, clock),
            health,
        };
    }
}
