import type { Readable } from "node:stream";
import pRetry from "p-retry";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import type { Clock } from "../../clock.js";
import { ReleaseError } from "../../release/failure.js";
import type { Connection } from "../connection.js";
import { isPlatformError, PlatformError, type PlatformErrorKind } from "../errors.js";
import { type Contract, readAnswer, webPage } from "./answer.js";
import { backoff, waitsFrom } from "./backoff.js";
import { LARGEST_ANSWER, LARGEST_REFUSAL, messageIn, readText } from "./body.js";
import { Outage } from "./outage.js";
import { Pace } from "./pace.js";
import { retryAfter } from "./retry-after.js";
import { type Token, TokenCache } from "./token.js";

/** How often a call is tried again after a reset, a time-out or a 5xx. */
const RETRIES = 6;
/** How long a call waits for its answer, in milliseconds. */
const CALL_TIMEOUT = 30_000;
/** How long a download may take, in milliseconds. */
const LONG_CALL_TIMEOUT = 10 * 60_000;
/** Fetching a token needs none. */
const NO_SCOPE = "";
/** How long people wait for an answer before they are told that there is none, in milliseconds. */
const SILENCE = 4_000;
/** How long a call is tried again, be it after a 429 or without an answer, before it is given up: in milliseconds. */
const PATIENCE = 15 * 60_000;

/** One call of the platform. */
export interface Call {
    method: "GET" | "HEAD" | "POST";
    /** Starts with a slash; every id in it is percent-encoded. */
    path: string;
    query?: Record<string, string>;
    /** Sent as JSON. */
    json?: unknown;
    /**
     * An answer longer than this breaks the contract, in bytes.
     * @default 1 MB
     */
    largest?: number;
    /** The scope that the call needs: a 403 names it. */
    scope: string;
    /**
     * Whether sending it twice does harm. Then a call whose answer was lost is not sent again: the caller looks up
     * what became of it.
     */
    once?: boolean;
}

/** What a client is made of. */
export interface HttpClientParts {
    connection: Connection;
    dispatcher: Dispatcher;
    clock: Clock;
    /** A number from 0 up to 1. */
    random: () => number;
    fetchToken: (send: SendForm) => Promise<Token>;
    /** Says one line to people. */
    tell: (line: string) => void;
    /**
     * How long a platform may not answer before people are told, in milliseconds.
     * @default 4000
     */
    silence?: number;
}

/** Posts a form without a token and gives its answer. */
export type SendForm = <T>(path: string, form: Record<string, string>, schema: z.ZodType<T>) => Promise<T>;

/** One request on its way, with what is needed to judge its answer. */
interface Exchange {
    name: string;
    scope: string;
    answers: readonly number[];
    /** Milliseconds. */
    timeout: number;
    token?: string;
    request: Dispatcher.RequestOptions;
    /** The number of the try, from 1; undefined where there is only one. */
    attempt: number | undefined;
}

/** An HTTP client for one tenant: one token, one pace, one way to fail. */
export class HttpClient {
    private readonly pace: Pace;
    private readonly tokens: TokenCache;
    private readonly outage: Outage;

    constructor(private readonly parts: HttpClientParts) {
        const { connection, tell, clock, silence = SILENCE } = parts;
        this.outage = new Outage(addressOf(connection), tell, clock, silence);
        this.pace = new Pace(parts.clock, parts.random);
        this.tokens = new TokenCache(() => parts.fetchToken(this.sendForm), parts.clock);
    }

    /**
     * Makes a call and gives its status; the body is thrown away.
     *
     * @param answers statuses from 300 up that are answers, not errors.
     */
    async status(call: Call, answers: readonly number[]): Promise<number> {
        return this.retrying(call, answers, async (response) => {
            await response.body.dump();
            return response.statusCode;
        });
    }

    /** Makes a call and gives its answer, held against the contract. */
    async json<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
        return this.retrying(call, [], ({ body }) => readAnswer(body, this.contractOf(call, schema)));
    }

    /**
     * Makes a call for something that need not be there.
     *
     * @param absent the statuses that mean that it is not there.
     */
    async find<T>(
        call: Call,
        schema: z.ZodType<T>,
        absent: readonly number[] = [404],
    ): Promise<T | undefined> {
        return this.retrying(call, absent, async (response) => {
            if (absent.includes(response.statusCode)) {
                await response.body.dump();
                return undefined;
            }
            return readAnswer(response.body, this.contractOf(call, schema));
        });
    }

    /** Makes a call and hands its body on as it comes. A call that breaks off in the middle starts from the beginning. */
    async stream<T>(call: Call, consume: (body: Readable) => Promise<T>): Promise<T> {
        return this.retrying(
            call,
            [],
            async ({ headers, body }) => {
                if (/^(text\/html|application\/xhtml)/i.test(String(headers["content-type"]))) {
                    // Nobody waits for its end.
                    body.dump().catch(() => {});
                    throw webPage(nameOf(call), this.parts.connection);
                }
                return consume(body);
            },
            LONG_CALL_TIMEOUT,
        );
    }

    /** Does work that goes on asking until then, by the clock that nobody sets, also when single calls are given up. */
    askingUntil<T>(deadline: number, work: () => Promise<T>): Promise<T> {
        return this.outage.during(deadline, work);
    }

    private async retrying<T>(
        call: Call,
        answers: readonly number[],
        read: (response: Dispatcher.ResponseData) => Promise<T>,
        timeout = CALL_TIMEOUT,
    ): Promise<T> {
        const name = nameOf(call);
        const { scope } = call;
        let renewed = false;
        return this.persist(name, call.once ?? false, async (attempt) => {
            const send = (token: string) =>
                this.attempt(
                    { name, scope, answers, timeout, token, attempt, request: this.requestOf(call, token) },
                    read,
                );
            const token = await this.tokens.get();
            try {
                return await send(token);
            } catch (error) {
                if (!isPlatformError(error, "unauthorized") || renewed) {
                    throw error;
                }
                renewed = true;
                this.tokens.drop(token);
                return await send(await this.tokens.get());
            }
        });
    }

    private contractOf<T>(
        call: Pick<Call, "method" | "path" | "largest">,
        schema: z.ZodType<T>,
    ): Contract<T> {
        const { connection } = this.parts;
        return { name: nameOf(call), schema, largest: call.largest ?? LARGEST_ANSWER, connection };
    }

    private readonly sendForm: SendForm = (path, form, schema) => {
        const name = `POST ${path}`;
        const request: Dispatcher.RequestOptions = {
            method: "POST",
            origin: this.parts.connection.origin,
            path: this.parts.connection.prefix + path,
            headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams(form).toString(),
        };
        const exchange = { name, request, scope: NO_SCOPE, answers: [], timeout: CALL_TIMEOUT };
        const contract = this.contractOf({ method: "POST", path }, schema);
        return this.persist(name, false, (attempt) =>
            this.attempt({ ...exchange, attempt }, ({ body }) => readAnswer(body, contract)),
        );
    };

    /** Tries again what may be tried again: always after a 429; after a lost answer only where that does no harm. */
    private async persist<T>(
        name: string,
        once: boolean,
        attempt: (number: number | undefined) => Promise<T>,
    ): Promise<T> {
        const { clock, random } = this.parts;
        const patience = clock.monotonic() + PATIENCE;
        // What another call came to, such as the one for the token, was tried often enough by that one.
        const mayTryAgain = (error: Error) =>
            !once &&
            isPlatformError(error, "unavailable") &&
            error.call === name &&
            clock.monotonic() < patience;
        // Most calls need no second try; with a thousand of them, what is got ready for one counts.
        const first = await settled(this.throughLimits(name, patience, () => attempt(once ? undefined : 1)));
        if ("value" in first) {
            return first.value;
        }
        const tries = (number: number) =>
            number === 1
                ? Promise.reject(first.error)
                : this.throughLimits(name, patience, () => attempt(number));
        return pRetry(tries, {
            retries: RETRIES,
            minTimeout: 0,
            maxTimeout: 0,
            shouldRetry: ({ error }) => mayTryAgain(error),
            onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
                if (retriesLeft > 0 && mayTryAgain(error)) {
                    await clock.sleep(backoff(attemptNumber, random()));
                }
            },
        });
    }

    /** Tries again after every 429. They use up no try: a platform that is busy is not in trouble. */
    private async throughLimits<T>(name: string, patience: number, attempt: () => Promise<T>): Promise<T> {
        for (;;) {
            try {
                return await attempt();
            } catch (error) {
                const limited = isPlatformError(error, "rate_limited") && error.call === name;
                if (!limited || this.parts.clock.monotonic() >= patience) {
                    throw error;
                }
            }
        }
    }

    private async attempt<T>(
        exchange: Exchange,
        read: (response: Dispatcher.ResponseData) => Promise<T>,
    ): Promise<T> {
        await this.pace.turn();
        const { name, scope, answers, token } = exchange;
        const { connection, clock } = this.parts;
        const secrets = [connection.clientSecret, token];
        const sent = clock.monotonic();
        let status: number | undefined;
        try {
            const response = await this.send(exchange, sent);
            status = response.statusCode;
            if (status !== 429) {
                this.pace.accepted();
            }
            if (status < 300 || answers.includes(status)) {
                const answer = await read(response);
                this.outage.answered();
                return answer;
            }
            throw await this.refusal(name, scope, response, secrets);
        } catch (error) {
            if (!(error instanceof ReleaseError)) {
                const cause = causeOf(error as Error, secrets);
                this.missed(exchange, sent, `does not answer (${cause})`);
                throw noAnswer(name, connection, cause);
            }
            // What the caller made of the body is the caller's to tell.
            if (isPlatformError(error, "unavailable")) {
                this.missed(exchange, sent, `answers ${status}`);
            } else {
                this.outage.answered();
            }
            throw error;
        }
    }

    /** Sends a request; when its answer is long in coming, people are told. */
    private async send(exchange: Exchange, sent: number): Promise<Dispatcher.ResponseData> {
        const { request, timeout } = exchange;
        const waiting = setTimeout(
            () => this.missed(exchange, sent, "does not answer", timeout),
            this.outage.silence,
        );
        try {
            return await this.parts.dispatcher.request({ ...request, signal: AbortSignal.timeout(timeout) });
        } finally {
            clearTimeout(waiting);
        }
    }

    /**
     * Tells that a call got no answer of use, and until when it is tried again at the latest.
     *
     * @param takes how long a try takes, in milliseconds: as long as this one, where it has ended.
     */
    private missed(
        { attempt = RETRIES + 1 }: Exchange,
        sent: number,
        what: string,
        takes = this.parts.clock.monotonic() - sent,
    ): void {
        const triesLeft = RETRIES + 1 - attempt;
        this.outage.missed({
            sent,
            what,
            until: sent + takes * (1 + triesLeft) + waitsFrom(attempt, RETRIES),
        });
    }

    private requestOf(call: Call, token: string): Dispatcher.RequestOptions {
        const { origin, prefix } = this.parts.connection;
        const query = call.query ? `?${new URLSearchParams(call.query)}` : "";
        return {
            method: call.method,
            origin,
            path: `${prefix}${call.path}${query}`,
            // undici hangs up after each HEAD unless it is told not to: a thousand checks would be a thousand connections.
            reset: false,
            headers: {
                accept: "application/json",
                authorization: `Bearer ${token}`,
                ...(call.json === undefined ? {} : { "content-type": "application/json" }),
            },
            ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
        };
    }

    private async refusal(
        name: string,
        scope: string,
        response: Dispatcher.ResponseData,
        secrets: Secrets,
    ): Promise<PlatformError> {
        const { statusCode, headers } = response;
        if (statusCode === 429 || (statusCode === 503 && headers["retry-after"])) {
            const { clock, random } = this.parts;
            // Never at once, whatever the header says: by a clock that goes wrong its date is always over.
            const asked = retryAfter(headers["retry-after"], clock.now()) ?? 0;
            const rest = Math.max(asked, backoff(3, random()));
            if (statusCode === 429) {
                this.pace.refused(rest);
            } else {
                this.pace.rest(rest);
            }
        }
        const said = messageIn(await readText(response.body, LARGEST_REFUSAL).catch(() => ""));
        const { kind, text } = explain(statusCode, scope, this.parts.connection, secrets);
        const clean = printable(said, secrets, 300);
        return new PlatformError(
            kind,
            name,
            `${name} was answered with ${statusCode}${clean ? ` (${clean})` : ""}: ${text}`,
        );
    }
}

/** How the platform is named in messages: its address, and the setting that it comes from. */
function addressOf({ origin, prefix, sources }: Connection): string {
    return `${origin}${prefix} (${sources.baseUrl})`;
}

/** How a call is named in messages: method and path, without the query. */
function nameOf({ method, path }: Pick<Call, "method" | "path">): string {
    return `${method} ${path.length > 200 ? `${path.slice(0, 199)}…` : path}`;
}

function explain(
    status: number,
    scope: string,
    connection: Connection,
    secrets: Secrets,
): { kind: PlatformErrorKind; text: string } {
    const { origin, sources } = connection;
    // Whoever mixes up the two settings is not to read the secret.
    const audience = `the audience "${printable(connection.audience, secrets, 200)}" (${sources.audience})`;
    // A token is refused with a 400 too (RFC 6749, 5.2).
    if (status === 401 || (status === 400 && scope === NO_SCOPE)) {
        return {
            kind: "unauthorized",
            text:
                `${addressOf(connection)} refuses the credentials for ${audience}. ` +
                `Check ${sources.clientId} and ${sources.clientSecret}, and that address and audience are their tenant's.`,
        };
    }
    if (status === 403) {
        const text =
            scope === NO_SCOPE
                ? `${addressOf(connection)} gives the client of ${sources.clientId} no token for ${audience}. ` +
                  "Grant it on the platform, or correct the setting."
                : `the client of ${sources.clientId} needs the scope ${scope}. Grant it on the platform.`;
        return { kind: "forbidden", text };
    }
    if (status === 404 && scope === NO_SCOPE) {
        return {
            kind: "not_found",
            text: `nothing gives tokens at ${addressOf(connection)}. Check that it is the platform's address.`,
        };
    }
    if (status === 404) {
        return { kind: "not_found", text: "there is no such thing on the platform." };
    }
    if (status === 409) {
        return { kind: "conflict", text: "it conflicts with what is there." };
    }
    if (status === 429) {
        return { kind: "rate_limited", text: "too many requests for too long. Try again later." };
    }
    if (status >= 500 || status === 408) {
        return { kind: "unavailable", text: "the platform is in trouble. Try again later." };
    }
    if (status < 400) {
        return {
            kind: "redirected",
            text: `${origin} sends callers elsewhere, and credentials do not follow. Set ${sources.baseUrl} to the address that answers itself.`,
        };
    }
    return { kind: "rejected", text: "the platform does not accept the request." };
}

async function settled<T>(work: Promise<T>): Promise<{ value: T } | { error: unknown }> {
    try {
        return { value: await work };
    } catch (error) {
        return { error };
    }
}

type Secrets = readonly (string | undefined)[];

function noAnswer(name: string, connection: Connection, cause: string): PlatformError {
    const from = `${name} got no whole answer from ${addressOf(connection)}`;
    return new PlatformError("unavailable", name, `${from}: ${cause}.`);
}

function causeOf(error: Error, secrets: Secrets): string {
    return error.name === "TimeoutError" ? "it took too long" : printable(describe(error), secrets, 200);
}

function describe(error: Error): string {
    const { code } = error as NodeJS.ErrnoException;
    return [code, error.message].filter(Boolean).join(", ");
}

/** A text from outside as it may stand in a message: without secrets, on one line, and not long. */
function printable(text: string, secrets: Secrets, most: number): string {
    // In this order: a secret that is cut, or has its spaces changed, would not be found.
    return redact(text, secrets).replace(/\s+/g, " ").slice(0, most);
}

function redact(text: string, secrets: Secrets): string {
    return secrets
        .flatMap((secret) => (secret ? spellings(secret) : []))
        .reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

/** A secret as it is, in JSON, in an address and in a form. */
function spellings(secret: string): string[] {
    return [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret.toWellFormed()),
        new URLSearchParams([["", secret]]).toString().slice(1),
    ];
}
