import type { BotData } from "../../data/platform-data";
import type { ProjectStart } from "../project";
import type { Resource } from "../resource";
import type { Scenario } from "../simulator";
import type { Snapshot } from "../snapshots";
import { BotIds, longAgo } from "./bot-ids";
import { flowsFrom } from "./flows";
import { playbooksFrom } from "./playbooks";
import { endpointsFrom, snapshotsFrom } from "./releases";
import {
    connectionsFrom,
    forbiddenFrom,
    functionsFrom,
    knowledgeStoresFrom,
    languageModelFrom,
    lexiconsFrom,
    localeFrom,
} from "./resources";
import { scenariosFrom } from "./scenarios";

/** A bot as the hosted product would have it. */
export interface BotProject {
    readonly project: ProjectStart;
    readonly snapshots: readonly Snapshot[];
    readonly scenarios: readonly Scenario[];
}

/**
 * Builds a project from a bot: always the same one, ids included.
 * @param userId the `_id` of the user who has made all of it
 */
export function projectFrom(bot: BotData, userId: string): BotProject {
    const ids = new BotIds(bot.id, userId);
    const _id = ids.id("project");
    const flows = flowsFrom(bot, ids);
    const draft: readonly Resource[] = [
        localeFrom(bot, ids),
        ...languageModelFrom(ids),
        ...connectionsFrom(bot, ids),
        ...functionsFrom(bot, ids),
        ...lexiconsFrom(bot, ids),
        ...knowledgeStoresFrom(bot, ids),
        ...flows,
        ...flows.flatMap((flow) => playbooksFrom(flow, ids)),
    ];
    const snapshots = snapshotsFrom(bot, draft, _id, ids);
    return {
        project: {
            _id,
            name: bot.name ?? bot.id,
            createdAt: longAgo,
            createdBy: userId,
            resources: [...draft, ...endpointsFrom(bot, draft, _id, snapshots, ids)],
            forbidden: forbiddenFrom(bot, ids),
        },
        snapshots,
        scenarios: scenariosFrom(flows, _id, ids),
    };
}
