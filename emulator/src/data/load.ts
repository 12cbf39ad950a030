import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AiData, UserData } from "../ai/data/ai-data";
import { demoUser } from "../ai/data/demo-user";
import { compileCheck } from "../schema";
import type { BotData, PlatformData } from "./platform-data";
import { platformDataSchema } from "./schema";

/** The data that is shipped: a travel assistant with a booking flow. */
export const bookingDataFile = join(__dirname, "..", "..", "data", "booking.json");

/** The data cannot be used; the message says why, and names the property. */
export class DataError extends Error {
    override readonly name = "DataError";
}

const check = compileCheck(platformDataSchema, "The whole");

/**
 * Reads a data file and checks it.
 * @throws DataError when it is not there, is no JSON, or a property is wrong
 */
export function loadData(file: string): PlatformData {
    return checkData(parse(read(file), file), file);
}

/**
 * Checks data that did not come from a file.
 * @param source how messages call it
 * @throws DataError when a property is wrong
 */
export function checkData(data: unknown, source = "The data"): PlatformData {
    const problem = check(data) ?? firstContradiction(data as PlatformData);
    if (problem !== null) {
        throw new DataError(`${source}: ${problem}`);
    }
    return data as PlatformData;
}

function read(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        throw new DataError(
            code === "ENOENT"
                ? `The data file ${file} does not exist.`
                : `The data file ${file} cannot be read: ${message}`,
        );
    }
}

function parse(text: string, file: string): unknown {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new DataError(`The data file ${file} is not valid JSON: ${(error as Error).message}`);
    }
}

/** What a schema cannot say: ids are unique, and what is mentioned exists. */
function firstContradiction({ clients = [], bots, ai }: PlatformData): string | null {
    return (
        firstRepeated("clients", clients, "clientId") ??
        firstRepeated("bots", bots, "id") ??
        firstRepeated(
            "flows of all bots",
            bots.flatMap((bot) => bot.flows ?? []),
            "id",
        ) ??
        firstRepeated(
            "deployments of all bots",
            bots.flatMap((bot) => bot.deployments ?? []),
            "deploymentId",
        ) ??
        firstOf(bots, contradictionIn) ??
        (ai === undefined ? null : aiContradiction(ai, bots))
    );
}

function aiContradiction(
    { users = [demoUser], oauthClients = [] }: AiData,
    bots: readonly BotData[],
): string | null {
    const emails = new Set(users.map(({ email }) => email));
    const keys = new Set(users.map(({ apiKey }) => apiKey));
    const projects = new Set(bots.map(({ id, name = id }) => name));
    return (
        firstRepeated("ai.users", users, "email") ??
        // Says nothing of the key itself.
        (keys.size < users.length ? "ai.users has more than one with the same apiKey." : null) ??
        firstRepeated("ai.oauthClients", oauthClients, "clientId") ??
        firstOf(users, (user: UserData, at) => {
            const unknown = user.projects?.find((name) => !projects.has(name));
            return unknown === undefined
                ? null
                : `ai.users[${at}].projects has "${unknown}", which is the name of no bot.`;
        }) ??
        firstOf(oauthClients, ({ user }, at) =>
            emails.has(user) ? null : `ai.oauthClients[${at}].user is "${user}", which is no user.`,
        )
    );
}

function contradictionIn(bot: BotData, index: number): string | null {
    const path = `bots[${index}]`;
    const flowIds = new Set((bot.flows ?? []).map((flow) => flow.id));
    return (
        firstRepeated(`${path}.intents`, bot.intents ?? [], "id") ??
        firstRepeated(`${path}.entities`, bot.entities ?? [], "id") ??
        firstRepeated(`${path}.externalApis`, bot.externalApis ?? [], "id") ??
        firstRepeated(`${path}.resources`, bot.resources ?? [], "id") ??
        firstOf(bot.flows ?? [], (flow, at) =>
            firstRepeated(`${path}.flows[${at}].nodes`, flow.nodes ?? [], "id"),
        ) ??
        firstOf(bot.deployments ?? [], ({ flowId }, at) =>
            flowIds.has(flowId)
                ? null
                : `${path}.deployments[${at}].flowId is "${flowId}", which is no flow of this bot.`,
        )
    );
}

function firstRepeated<Key extends string>(
    name: string,
    items: readonly { readonly [key in Key]: unknown }[],
    key: Key,
): string | null {
    const seen = new Set<unknown>();
    for (const item of items) {
        if (seen.has(item[key])) {
            return `${name} has more than one with ${key} "${item[key]}".`;
        }
        seen.add(item[key]);
    }
    return null;
}

function firstOf<Item>(
    items: readonly Item[],
    problemOf: (item: Item, index: number) => string | null,
): string | null {
    for (const [index, item] of items.entries()) {
        const problem = problemOf(item, index);
        if (problem !== null) {
            return problem;
        }
    }
    return null;
}
