const INTENTS = ["book", "cancel", "change", "baggage", "human"];

/**
 * Bots with flows as people make them: a small conversation each, which needs intents, entities and an API of its bot.
 *
 * @param {object} options
 * @param {number} options.bots
 * @param {number} options.flows How many each bot has.
 * @param {number} [options.simulationMs]
 * @param {number} [options.deploymentMs]
 */
export function landscape({ bots, flows, simulationMs = 0, deploymentMs = 0 }) {
    return {
        tokenLifetimeSeconds: 3600,
        simulationMs,
        deploymentMs,
        bots: Array.from({ length: bots }, (_, index) => botOf(index, flows)),
    };
}

/**
 * A release for each flow of a landscape, as the README shows one: by the resource's name.
 *
 * @param {{ bots: { id: string, flows: { id: string }[] }[] }} data
 * @param {string} versionTag
 * @param {object} [more] Arguments beside those of the README.
 */
export function releasesOf({ bots }, versionTag, more = {}) {
    const releases = bots.flatMap((bot) => bot.flows.map((flow) => [flow.id, releaseOf(bot.id, flow.id)]));
    return Object.fromEntries(releases.map(([name, release]) => [name, { ...release, versionTag, ...more }]));
}

function releaseOf(botId, flowId) {
    return {
        botId,
        flowId,
        changelog: "Updated intent mapping for booking flow.",
        targetEnvironment: "production",
        simulation: {
            testCases: [
                { input: "book a flight", expectedIntent: "book" },
                { input: "cancel reservation", expectedIntent: "cancel" },
            ],
        },
        // A file is named after bot and tag: each flow has a folder of its own.
        artifact: { directory: `artifacts/${flowId}` },
    };
}

function botOf(index, flows) {
    const id = `bot_${10_000 + index}`;
    return {
        id,
        intents: INTENTS.map((intent) => ({ id: intent, examples: examplesOf(intent) })),
        entities: [{ id: "date" }, { id: "city" }],
        externalApis: [{ id: "flights" }],
        flows: Array.from({ length: flows }, (_, flow) => flowOf(`flow_${index}_${flow}`)),
    };
}

function examplesOf(intent) {
    return { book: ["book a flight"], cancel: ["cancel reservation"] }[intent] ?? [`${intent} please`];
}

function flowOf(id) {
    const nodes = [
        { id: "n0", type: "start", label: "Start", next: "n1" },
        say("n1", "Welcome", "n2"),
        {
            id: "n2",
            type: "lookup",
            label: "What is it about?",
            next: Object.fromEntries(INTENTS.map((intent, index) => [intent, `n${3 + index}`])),
            config: { intents: INTENTS },
        },
        ...INTENTS.map((intent, index) => say(`n${3 + index}`, `About ${intent}`, "n8")),
        { id: "n8", type: "question", label: "When?", next: "n9", config: { entity: "date" } },
        { id: "n9", type: "question", label: "Where?", next: "n10", config: { entity: "city" } },
        {
            id: "n10",
            type: "httpRequest",
            label: "Ask",
            next: "n11",
            config: { api: "flights", timeoutMs: 8000 },
        },
        say("n11", "Goodbye", null),
    ];
    const needs = (resourceType, resourceId, node) => ({
        resourceType,
        resourceId,
        referencePath: `nodes/${node}`,
    });
    return {
        id,
        name: `Flow ${id}`,
        updated_at: "2026-01-02T03:04:05Z",
        nodes,
        dependencies: [
            ...INTENTS.map((intent) => needs("intent", intent, "n2")),
            needs("entity", "date", "n8"),
            needs("entity", "city", "n9"),
            needs("external_api", "flights", "n10"),
            // The same again, from another place: it is to be asked for once.
            needs("intent", "book", "n3"),
        ],
    };
}

function say(id, label, next) {
    return { id, type: "say", label, next, config: { text: [`${label}, and more of it.`] } };
}

/**
 * Edits every flow, so that the next version has something to bring.
 *
 * @param {import("cognigy-emulator").ControlClient} control
 * @param {ReturnType<typeof landscape>} data
 * @param {number} round
 */
export async function editAll(control, { bots }, round) {
    for (const bot of bots) {
        await Promise.all(
            bot.flows.map((flow) =>
                control.patchFlow(bot.id, flow.id, {
                    nodes: { n1: { config: { text: [`Welcome, for the ${round}. time.`] } } },
                }),
            ),
        );
    }
}
