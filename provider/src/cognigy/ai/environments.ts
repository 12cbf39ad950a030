import { ReleaseError } from "../../release/failure.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";
import type { Binding } from "./binding.js";
import type { Environments } from "./connection.js";

/** An environment: the endpoints at which its users reach the bot. A version is live in it when all of them lead there. */
export interface Environment {
    /** As programs declare it: as it is configured, else the endpoint's own name. */
    name: string;
    /** Other names of it. */
    aliases: readonly string[];
    /** The first one is switched last. */
    endpoints: readonly answers.EndpointItem[];
}

const READ = { needs: "read endpoints" };

/** The environments of projects. */
export class EnvironmentBook {
    constructor(
        private readonly api: AiApi,
        private readonly configured: Environments,
        /** The setting that the configured ones come from. */
        private readonly source: string,
    ) {}

    /** All environments of a project: those that are configured, and every other endpoint as one of its own. */
    async of(projectId: string): Promise<Environment[]> {
        return environmentsAmong(await this.items(projectId), this.configured);
    }

    /** The environment that a program declares; undefined where there is none of that name. */
    async find(projectId: string, declared: string): Promise<Environment | undefined> {
        return named(await this.of(projectId), declared);
    }

    /** @throws ReleaseError where there is none of that name, or some of its endpoints are not there. */
    async expect(projectId: string, declared: string): Promise<Environment> {
        const items = await this.items(projectId);
        const wanted = this.configured.get(declared);
        const missing = wanted?.filter((name) => !endpointNamed(items, name)) ?? [];
        if (missing.length > 0) {
            throw new ReleaseError(
                `\`${this.source}\`: project ${projectId} has no endpoint ${quoted(missing)}, which the environment ` +
                    `"${declared}" consists of. ${itHas(items)}`,
            );
        }
        const environment = named(environmentsAmong(items, this.configured), declared);
        if (!environment) {
            throw new ReleaseError(
                `\`targetEnvironment\`: project ${projectId} has no endpoint "${declared}": expected the name or the id of ` +
                    `one, or a name that \`${this.source}\` gives to some. ${itHas(items)}`,
            );
        }
        return environment;
    }

    /** Where an endpoint leads to, and all else that a release looks at. */
    read(id: string): Promise<answers.Endpoint> {
        return this.api.get(`/endpoints/${part(id)}`, answers.endpoint, READ);
    }

    /** The same of an endpoint that need not be there. */
    readIfThere(id: string): Promise<answers.Endpoint | undefined> {
        return this.api.find(`/endpoints/${part(id)}`, answers.endpoint, READ);
    }

    /** Lets an endpoint lead elsewhere. Sent once. */
    async bind({ endpoint, entrypoint, flowId, localeId }: Binding): Promise<void> {
        await this.api.change("PATCH", `/endpoints/${part(endpoint)}`, {
            json: { entrypoint, flowId, localeId },
            needs: "edit endpoints",
            once: true,
        });
    }

    private items(projectId: string): Promise<answers.EndpointItem[]> {
        return this.api.all("/endpoints", answers.endpointItem, { query: { projectId }, ...READ });
    }
}

/** The environments that endpoints make: those that are configured, and every other endpoint as one of its own. */
export function environmentsAmong(
    items: readonly answers.EndpointItem[],
    configured: Environments,
): Environment[] {
    const whole = [...configured].flatMap(([name, wanted]) => {
        const endpoints = wanted.flatMap((one) => endpointNamed(items, one) ?? []);
        return endpoints.length === wanted.length ? [{ name, aliases: [], endpoints }] : [];
    });
    const taken = new Set(whole.flatMap(({ endpoints }) => endpoints.map(({ _id }) => _id)));
    const others = items
        .filter(({ _id }) => !taken.has(_id))
        .map((item) => ({
            name: item.name,
            aliases: [item._id, item.name.toLowerCase()],
            endpoints: [item],
        }));
    return [...whole, ...others];
}

function named(environments: readonly Environment[], declared: string): Environment | undefined {
    return (
        environments.find(({ name }) => name === declared) ??
        environments.find(({ aliases }) => aliases.includes(declared))
    );
}

function endpointNamed(
    items: readonly answers.EndpointItem[],
    name: string,
): answers.EndpointItem | undefined {
    return items.find((item) => item._id === name) ?? items.find((item) => item.name === name);
}

function itHas(items: readonly answers.EndpointItem[]): string {
    return items.length === 0
        ? "It has no endpoints: make one in the editor."
        : `It has ${quoted(items.map(({ name }) => name))}.`;
}

function quoted(names: readonly string[]): string {
    const most = 20;
    const rest = names.length > most ? ` and ${names.length - most} more` : "";
    return (
        names
            .slice(0, most)
            .map((name) => `"${name.slice(0, 100)}"`)
            .join(", ") + rest
    );
}

/** Where an endpoint leads to, as a binding. */
export function bindingOf({ _id, entrypoint, flowId, localeId }: answers.Endpoint): Binding {
    return { endpoint: _id, entrypoint, flowId: flowId ?? "", localeId: localeId ?? "" };
}
