import { demoClient } from "../../src/data/demo-client";

/** An answer with its body read: parsed when it is JSON, text otherwise. */
export interface Answer {
    readonly status: number;
    readonly headers: Headers;
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
    readonly body: any;
}

/** What a token is asked with. */
export type TokenForm = Readonly<Record<string, string>>;

export const demoForm: TokenForm = {
    grant_type: "client_credentials",
    client_id: demoClient.clientId,
    client_secret: demoClient.clientSecret,
    audience: demoClient.audience,
};

/** A caller of the API, with a token or without. */
export class Api {
    constructor(
        readonly url: string,
        readonly token: string | null = null,
    ) {}

    /** A caller with a fresh token. */
    static async login(url: string, form: TokenForm = {}): Promise<Api> {
        const { body } = await new Api(url).askToken({ ...demoForm, ...form });
        return new Api(url, body.access_token);
    }

    askToken(form: TokenForm): Promise<Answer> {
        return this.send("POST", "/oauth/token", { body: new URLSearchParams(form) });
    }

    get(path: string): Promise<Answer> {
        return this.send("GET", path);
    }

    head(path: string): Promise<Answer> {
        return this.send("HEAD", path);
    }

    post(path: string, body: unknown): Promise<Answer> {
        return this.send("POST", path, {
            body: JSON.stringify(body),
            headers: { "content-type": "application/json" },
        });
    }

    async send(
        method: string,
        path: string,
        init: {
            body?: NonNullable<RequestInit["body"]>;
            headers?: Record<string, string>;
            signal?: AbortSignal;
        } = {},
    ): Promise<Answer> {
        const authorization = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
        const response = await fetch(this.url + path, {
            ...init,
            method,
            headers: { ...authorization, ...init.headers },
        });
        const text = await response.text();
        const isJson = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
        return {
            status: response.status,
            headers: response.headers,
            body: isJson ? JSON.parse(text) : text,
        };
    }
}
