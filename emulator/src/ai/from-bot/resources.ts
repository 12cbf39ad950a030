import type { BotData, IntentData, ResourceData } from "../../data/platform-data";
import type {
    CodeFunction,
    Connection,
    KnowledgeStore,
    LargeLanguageModel,
    Lexicon,
    Locale,
    ResourceType,
} from "../resource";
import type { BotIds } from "./bot-ids";

const extension = "@cognigy/basic-nodes";

/** What a project calls each kind of resource that it has of a bot. */
export const typeOfKind: Readonly<Record<string, ResourceType>> = {
    external_api: "connection",
    connection: "connection",
    function: "function",
    knowledge_store: "knowledgeStore",
    flow: "flow",
    entity: "lexicon",
};

/** Whether the data says that it exists. */
export function isThere({ access = "ok" }: ResourceData | IntentData): boolean {
    return access !== "missing";
}

/** What it is called. */
export function nameOf({ id, name }: ResourceData): string {
    return typeof name === "string" ? name : id;
}

/** The one language of the project. */
export function localeFrom({ flows = [] }: BotData, ids: BotIds): Locale {
    const locale = flows[0]?.locale;
    const language = typeof locale === "string" ? locale : "en-US";
    return { ...ids.base("locale", "primary", language), primary: true, nluLanguage: language };
}

/** A language model, and the connection that it is reached through. */
export function languageModelFrom(ids: BotIds): [Connection, LargeLanguageModel] {
    const connection = ids.base("connection", "languageModel", "Language model provider");
    return [
        { ...connection, extension, connectionType: "OpenAIProvider", fields: { apiKey: "not-a-real-key" } },
        {
            ...ids.base("largeLanguageModel", "default", "Default model"),
            description: "",
            modelType: "gpt-4o",
            provider: "openAI",
            connection: connection.referenceId,
            isDefault: true,
        },
    ];
}

/** External APIs are connections, too. */
export function connectionsFrom({ externalApis = [], resources = [] }: BotData, ids: BotIds): Connection[] {
    return [...externalApis, ...resources.filter(({ type }) => type === "connection")]
        .filter(isThere)
        .map((data) => ({
            ...ids.base("connection", data.id, nameOf(data)),
            extension,
            connectionType: "http_basic",
            fields: typeof data.baseUrl === "string" ? { baseUrl: data.baseUrl } : {},
        }));
}

/** Entities are lexicons. */
export function lexiconsFrom({ entities = [] }: BotData, ids: BotIds): Lexicon[] {
    return entities.filter(isThere).map((data) => ({
        ...ids.base("lexicon", data.id, data.id),
        values: Array.isArray(data.values) ? data.values.map(String) : [],
    }));
}

export function functionsFrom({ resources = [] }: BotData, ids: BotIds): CodeFunction[] {
    return resources
        .filter((data) => data.type === "function" && isThere(data))
        .map((data) => ids.base("function", data.id, nameOf(data)));
}

export function knowledgeStoresFrom({ resources = [] }: BotData, ids: BotIds): KnowledgeStore[] {
    return resources
        .filter((data) => data.type === "knowledge_store" && isThere(data))
        .map((data) => ids.base("knowledgeStore", data.id, nameOf(data)));
}

/** The `_id`s of resources that the data calls forbidden. */
export function forbiddenFrom(bot: BotData, ids: BotIds): string[] {
    const { externalApis = [], entities = [], resources = [] } = bot;
    const ofKind = (kind: string, list: readonly ResourceData[]) => list.map((data) => ({ data, kind }));
    return [
        ...ofKind("external_api", externalApis),
        ...ofKind("entity", entities),
        ...resources.map((data) => ({ data, kind: String(data.type) })),
    ].flatMap(({ data, kind }) => {
        const type = typeOfKind[kind];
        return data.access === "forbidden" && type !== undefined ? [ids.id(type, data.id)] : [];
    });
}
