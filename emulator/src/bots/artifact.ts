import type { Bot, BotSnapshot } from "./bot";

/**
 * The versioned bot as bytes: equal content gives equal bytes, so nothing of when or by whom it was asked for is in it.
 * @param snapshots one of each flow that has the tag, the newest last
 */
export function artifactOf(bot: Bot, versionTag: string, snapshots: readonly BotSnapshot[]): Buffer {
    const newest = snapshots.at(-1);
    const artifact = {
        bot: { id: bot.id, name: bot.name },
        versionTag,
        flows: snapshots.map((snapshot) => snapshot.flow).sort((a, b) => (a.id < b.id ? -1 : 1)),
        intents: newest?.intents ?? [],
        entities: newest?.entities ?? [],
    };
    return Buffer.from(`${JSON.stringify(artifact, null, 2)}\n`);
}
