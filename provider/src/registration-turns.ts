/** The releases that were constructed in this moment and are not registered yet: by bot, in the order of the program. */
let waiting = new Map<unknown, (() => void)[]>();

/**
 * Waits until it is a release's turn to be registered: of all that a program constructs in one moment, one of each bot, then
 * the second one of each, and so on.
 *
 * The engine has a few resources in work at the same time, in the order in which they are registered, and the releases of a
 * bot go one after another: those of the first bot would hold all its places, and the other bots would wait.
 *
 * @param bot the bot's id, or what stands for it.
 */
export function registrationTurn(bot: unknown): Promise<void> {
    return new Promise((resolve) => {
        if (waiting.size === 0) {
            setImmediate(letAllGo);
        }
        const ofBot = waiting.get(bot) ?? [];
        ofBot.push(resolve);
        waiting.set(bot, ofBot);
    });
}

function letAllGo(): void {
    const bots = [...waiting.values()];
    waiting = new Map();
    for (let round = 0; bots.some((ofBot) => round < ofBot.length); round += 1) {
        for (const ofBot of bots) {
            ofBot[round]?.();
        }
    }
}
