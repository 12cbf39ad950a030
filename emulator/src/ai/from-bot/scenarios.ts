import type { Flow } from "../resource";
import type { Scenario } from "../simulator";
import { type BotIds, longAgo } from "./bot-ids";

/** A scenario whose person wants what the first intent is for. */
export function scenariosFrom(flows: readonly Flow[], projectId: string, ids: BotIds): Scenario[] {
    const [intent] = flows.flatMap(({ intents }) => intents);
    const [mission, criterion = mission] = intent?.examples ?? [];
    if (intent === undefined || mission === undefined || criterion === undefined) {
        return [];
    }
    return [
        {
            id: ids.id("simulation", intent.name),
            referenceId: ids.reference("simulation", intent.name),
            projectReference: projectId,
            name: intent.description,
            persona: "A friendly person with little time.",
            personaName: "Alex",
            mission,
            successCriteria: [{ type: "text", params: { name: intent.name, text: criterion } }],
            maxTurns: 5,
            createdAt: longAgo,
        },
    ];
}
