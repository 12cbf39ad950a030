import { BotsPlatform, botsAccess } from "./bots/platform.js";
import type { Connection } from "./connection.js";
import { HttpClient, type HttpClientParts } from "./http/client.js";
import type { Platform } from "./platform.js";

/** What every dialect works with. */
export type PlatformParts = Omit<HttpClientParts, "address" | "access">;

/** The platform that a connection leads to, in the dialect that it speaks. */
export function openPlatform(connection: Connection, parts: PlatformParts): Platform {
    const access = botsAccess(connection, parts.clock);
    return new BotsPlatform(connection, new HttpClient({ ...parts, address: connection, access }));
}
