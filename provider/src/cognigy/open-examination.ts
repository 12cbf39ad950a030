import { AiExamination } from "./ai/examination/examination.js";
import { BotsExamination } from "./bots/examination.js";
import { aiClients, botsClient, type ClientParts } from "./clients.js";
import type { Connection } from "./connection.js";
import type { Examination } from "./examination.js";

/** The examination of the tenant that a connection leads to. */
export function examinationOf(connection: Connection, parts: ClientParts): Examination {
    const { clock } = parts;
    switch (connection.api) {
        case "bots":
            return new BotsExamination(connection, botsClient(connection, parts), clock);
        case "cognigy-ai":
            return new AiExamination({ connection, clock, ...aiClients(connection, parts) });
    }
}
