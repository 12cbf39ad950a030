import { AiPlatform } from "./ai/platform.js";
import { BotsPlatform } from "./bots/platform.js";
import { aiClients, botsClient, type ClientParts } from "./clients.js";
import type { Connection } from "./connection.js";
import type { Contents } from "./contents.js";
import type { Platform } from "./platform.js";

/** What dialects work with. */
export interface PlatformParts extends ClientParts {
    contents: Contents;
    /** The platform of another connection. @throws ReleaseError where its settings are wrong. */
    other: (connection: string) => Platform;
}

/** The platform that a connection leads to, in the dialect that it speaks. */
export function openPlatform(connection: Connection, { contents, other, ...parts }: PlatformParts): Platform {
    switch (connection.api) {
        case "bots":
            return new BotsPlatform(connection, botsClient(connection, parts));
        case "cognigy-ai": {
            return new AiPlatform({
                connection,
                ...aiClients(connection, parts),
                clock: parts.clock,
                contents,
                other: (name) => {
                    const found = other(name);
                    return found instanceof AiPlatform ? found : undefined;
                },
            });
        }
    }
}
