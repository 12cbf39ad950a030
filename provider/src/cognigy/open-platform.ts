import { aiAccess } from "./ai/access.js";
import { AiPlatform } from "./ai/platform.js";
import { BotsPlatform, botsAccess } from "./bots/platform.js";
import type { Connection } from "./connection.js";
import type { Contents } from "./contents.js";
import { OPEN_TO_ALL } from "./http/access.js";
import { HttpClient, type HttpClientParts } from "./http/client.js";
import type { Platform } from "./platform.js";

/** What dialects work with. */
export interface PlatformParts extends Omit<HttpClientParts, "address" | "access"> {
    contents: Contents;
    /** The platform of another connection. @throws ReleaseError where its settings are wrong. */
    other: (connection: string) => Platform;
}

/** The platform that a connection leads to, in the dialect that it speaks. */
export function openPlatform(connection: Connection, { contents, other, ...parts }: PlatformParts): Platform {
    switch (connection.api) {
        case "bots": {
            const access = botsAccess(connection, parts.clock);
            return new BotsPlatform(connection, new HttpClient({ ...parts, address: connection, access }));
        }
        case "cognigy-ai": {
            const access = aiAccess(connection, parts.clock);
            return new AiPlatform({
                connection,
                http: new HttpClient({ ...parts, address: connection, access }),
                endpoints: new HttpClient({
                    ...parts,
                    address: connection.endpoints,
                    access: () => OPEN_TO_ALL,
                }),
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
