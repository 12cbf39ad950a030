import { demoUser } from "../../src/ai/data/demo-user";
import type { PlatformData } from "../../src/data/platform-data";
import { type Answer, Api } from "./api";
import { type Started, started } from "./started";
import { travelBot } from "./travel-bot";

/** What a call may carry. */
type Init = NonNullable<Parameters<Api["send"]>[2]>;

/** A caller of the Cognigy.AI contract; paths are relative to `/new/v2.0` unless they are whole. */
export class AiApi {
    private readonly api: Api;

    constructor(
        readonly url: string,
        readonly key: string | null = demoUser.apiKey,
    ) {
        this.api = new Api(url);
    }

    get(path: string): Promise<Answer> {
        return this.send("GET", path);
    }

    /** Without a body when there is none. */
    post(path: string, body?: unknown): Promise<Answer> {
        return this.send("POST", path, jsonOf(body));
    }

    patch(path: string, body: unknown): Promise<Answer> {
        return this.send("PATCH", path, jsonOf(body));
    }

    delete(path: string): Promise<Answer> {
        return this.send("DELETE", path);
    }

    upload(path: string, projectId: string, file: Buffer): Promise<Answer> {
        const form = new FormData();
        form.set("projectId", projectId);
        form.set("file", new Blob([file]), "file");
        return this.send("POST", path, { body: form });
    }

    send(method: string, path: string, init: Init = {}): Promise<Answer> {
        const key = this.key === null ? {} : { "x-api-key": this.key };
        const isWhole = /^\/(new|v2\.0|testing|endpoint|auth|_control)\b/.test(path);
        return this.api.send(method, isWhole ? path : `/new/v2.0${path}`, {
            ...init,
            headers: { accept: "application/json", ...key, ...init.headers },
        });
    }

    /** The bytes behind a link, with the key. */
    async download(link: string, headers: Record<string, string> = {}): Promise<Buffer> {
        const response = await fetch(link, { headers });
        if (!response.ok) {
            throw new Error(`${response.status}`);
        }
        return Buffer.from(await response.arrayBuffer());
    }
}

/** A running emulator as a caller of the Cognigy.AI contract sees it. */
export interface StartedAi extends Omit<Started, "api"> {
    readonly api: AiApi;
    readonly ai: Started["control"]["ai"];
    /** The project of the first bot. */
    readonly project: string;
    /** Lets the time pass that a task takes. */
    settle(): Promise<void>;
    /** The `_id` of what has a name, from a list call. */
    idOf(path: string, name: string): Promise<string>;
    /** What has a name, from a list call. */
    named(path: string, name: string): Promise<Answer["body"]>;
}

/** How long a task takes, from the call to its end. */
export const taskMs = 300;

/** In which steps what a task made comes to be had. */
export const settleMs = 100;

/** Starts an emulator that is closed after the test. */
export async function startedAi(data: string | PlatformData = travelBot): Promise<StartedAi> {
    const { emulator, control, clock } = await started(data);
    await control.clearRequests();
    const api = new AiApi(emulator.url);
    const named = async (path: string, name: string) => {
        const { items } = (await api.get(path)).body;
        const found = items.find((item: { name: string }) => item.name === name);
        if (found === undefined) {
            throw new Error(`${path} has no "${name}".`);
        }
        return found;
    };
    return {
        emulator,
        control,
        clock,
        api,
        ai: control.ai,
        project: emulator.ai.projects.list()[0]?._id ?? "",
        settle: () => clock.advance(taskMs),
        named,
        idOf: async (path, name) => (await named(path, name))._id,
    };
}

function jsonOf(body: unknown): Init {
    return body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}
