import { Readable } from "node:stream";
import pRetry from "p-retry";
import type { Dispatcher } from "undici";
import type * as z from "zod";
import type { Clock } from "../../clock.js";
import { ReleaseError } from "../../release/failure.js";
import { isPlatformError, PlatformError } from "../errors.js";
import type { Access, Refusal } from "./access.js";
import { type Address, addressOf } from "./address.js";
import { type Contract, readAnswer, webPage } from "./answer.js";
import { backoff, waitsFrom } from "./backoff.js";
import { LARGEST_ANSWER, LARGEST_REFUSAL, messageIn, readText } from "./body.js";
import { type Answer, head } from "./head.js";
import { Outage } from "./outage.js";
import { Pace } from "./pace.js";
import { printable, type Secrets } from "./printable.js";
import { retryAfter } from "./retry-after.js";

/** How often a call is tried again after a reset, a time-out or a 5xx, where nothing else is said. */
const RETRIES = 6;
/** How long a call waits for its answer, in milliseconds. */
const CALL_TIMEOUT = 30_000;
/** How long a download may take, in milliseconds. */
const LONG_CALL_TIMEOUT = 10 * 60_000;
/** How long people wait for an answer before they are told that there is none, in milliseconds. */
const SILENCE = 4_000;
/** How long a call is tried again, be it after a 429 or without an answer, before it is given up: in milliseconds. */
const PATIENCE = 15 * 60_000;

/** A body that is sent as it is read. */
export interface Upload {
    /** A media type. */
    type: string;
    /** Bytes. */
    length: number;
    /** Begins to read it. */
    open(): AsyncIterable<Buffer>;
}

/** One call of the platform. */
export interface Call {
    method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE";
    /** Starts with a slash; every id in it is percent-encoded. */
    path: string;
    query?: Record<string, string>;
    /** Sent as JSON. */
    json?: unknown;
    /** Sent in place of JSON. */
    upload?: Upload;
    /**
     * An answer longer than this breaks the contract, in bytes.
     * @default 1 MB
     */
    largest?: number;
    /** What the caller needs for it, such as a scope: a 403 names it. */
    needs: string;
    /**
     * Whether sending it twice does harm. Then a call whose answer was lost is not sent again: the caller looks up
     * what became of it.
     */
    once?: boolean;
}

/** What a client is made of. */
export interface HttpClientParts {
    address: Address;
    dispatcher: Dispatcher;
    clock: Clock;
    /** A number from 0 up to 1. */
    random: () => number;
    /** How the client shows who it is, given a way to ask for a token. */
    access: (send: SendForm) => Access;
    /** Says one line to people. */
    tell: (line: string) => void;
    /**
     * How long a platform may not answer before people are told, in milliseconds.
     * @default 4000
     */
    silence?: number;
    /**
     * How often a call is tried again after a reset, a time-out or a 5xx.
     * @default 6
     */
    retries?: number;
}

/** A form that is posted by somebody who is not known yet. */
export interface Form {
    /** Starts with a slash. */
    path: string;
    fields: Record<string, string>;
    /** What of it never stands in a message. */
    secrets: readonly string[];
    /** What a status means that has to do with who asks. */
    refusal: (status: number) => Refusal | undefined;
}

/** Posts a form and gives its answer. */
export type SendForm = <T>(form: Form, schema: z.ZodType<T>) => Promise<T>;

/** One request on its way, with what is needed to judge its answer. */
interface Exchange {
    name: string;
    answers: readonly number[];
    /** Milliseconds. */
    timeout: number;
    secrets: Secrets;
    /** What a status means that has to do with who calls. */
    refusal: (status: number) => Refusal | undefined;
    request: Dispatcher.RequestOptions;
    /** The number of the try, from 1; undefined where there is only one. */
    attempt: number | undefined;
}

/** An HTTP client for one tenant: one way in, one pace, one way to fail. */
export class HttpClient {
    private readonly pace: Pace;
    private readonly access: Access;
    private readonly outage: Outage;
    private readonly retries: number;

    constructor(private readonly parts: HttpClientParts) {
        const { address, tell, clock, silence = SILENCE, retries = RETRIES } = parts;
        this.retries = retries;
        this.outage = new Outage(addressOf(address), tell, clock, silence);
        this.pace = new Pace(parts.clock, parts.random);
        this.access = parts.access(this.sendForm);
    }

    /**
     * Makes a call and gives its status; the body is thrown away.
     *
     * @param answers statuses from 300 up that are answers, not errors.
     */
    async status(call: Call, answers: readonly number[]): Promise<number> {
        return this.retrying(call, answers, async (response) => {
            if (call.method !== "HEAD") {
                await response.body.dump();
            }
            return response.statusCode;
        });
    }

    /**
     * Makes a call and gives the time by the server's clock, to the second, where it says it: milliseconds since 1970.
     *
     * @param answers statuses from 300 up that are answers, not errors.
     */
    async serverTime(call: Call, answers: readonly number[] = []): Promise<number | undefined> {
        return this.retrying(call, answers, async ({ body, headers }) => {
            await body.dump();
            const time = Date.parse(String(headers.date));
            return Number.isNaN(time) ? undefined : time;
        });
    }

    /** Makes a call and gives its answer, held against the contract. */
    async json<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
        const timeout = call.upload ? LONG_CALL_TIMEOUT : CALL_TIMEOUT;
        const read = ({ body }: Answer) => readAnswer(body, this.contractOf(call, schema));
        return this.retrying(call, [], read, timeout);
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
            async (response) => consume(this.file(nameOf(call), response)),
            LONG_CALL_TIMEOUT,
        );
    }

    /**
     * Follows a link to a file, once, and hands its body on as it comes. Credentials go to the platform's own host alone.
     *
     * @param link is told to nobody: whoever has it can follow it.
     * @param consume is also told the length, in bytes, where the server says it.
     */
    async follow<T>(link: string, consume: (body: Readable, length?: number) => Promise<T>): Promise<T> {
        const { origin, pathname, search } = new URL(link);
        const name = "GET <download link>";
        const credential = origin === this.parts.address.origin ? await this.access.credential() : undefined;
        const shown = credential === undefined ? {} : this.access.headers(credential);
        const exchange: Exchange = {
            name,
            answers: [],
            timeout: LONG_CALL_TIMEOUT,
            attempt: undefined,
            secrets: [...this.access.secrets, credential, link, pathname],
            refusal: (status) => this.access.refusal(status, "download files"),
            request: { method: "GET", origin, path: pathname + search, headers: { accept: "*/*", ...shown } },
        };
        return this.persist(name, true, () =>
            this.attempt(exchange, async (response) => {
                const length = Number(response.headers["content-length"] ?? Number.NaN);
                return consume(this.file(name, response), Number.isNaN(length) ? undefined : length);
            }),
        );
    }

    /** The body of an answer that is to be a file. */
    private file(name: string, { headers, body }: Answer): Readable {
        if (/^(text\/html|application\/xhtml)/i.test(String(headers["content-type"]))) {
            // Nobody waits for its end.
            body.dump().catch(() => {});
            throw webPage(name, this.parts.address);
        }
        return body;
    }

    /** Does work that goes on asking until then, by the clock that nobody sets, also when single calls are given up. */
    askingUntil<T>(deadline: number, work: () => Promise<T>): Promise<T> {
        return this.outage.during(deadline, work);
    }

    private async retrying<T>(
        call: Call,
        answers: readonly number[],
        read: (response: Answer) => Promise<T>,
        timeout = CALL_TIMEOUT,
    ): Promise<T> {
        const name = nameOf(call);
        const { access } = this;
        let renewed = false;
        return this.persist(name, call.once ?? false, async (attempt) => {
            const send = (credential: string) =>
                this.attempt(
                    {
                        name,
                        answers,
                        timeout,
                        attempt,
                        secrets: [...access.secrets, credential],
                        refusal: (status) => access.refusal(status, call.needs),
                        request: this.requestOf(call, credential),
                    },
                    read,
                );
            const credential = await access.credential();
            try {
                return await send(credential);
            } catch (error) {
                if (!isPlatformError(error, "unauthorized") || renewed || !access.renew(credential)) {
                    throw error;
                }
                renewed = true;
                return await send(await access.credential());
            }
        });
    }

    private contractOf<T>(
        call: Pick<Call, "method" | "path" | "largest">,
        schema: z.ZodType<T>,
    ): Contract<T> {
        const { address } = this.parts;
        return { name: nameOf(call), schema, largest: call.largest ?? LARGEST_ANSWER, address };
    }

    private readonly sendForm: SendForm = ({ path, fields, secrets, refusal }, schema) => {
        const name = `POST ${path}`;
        const request: Dispatcher.RequestOptions = {
            method: "POST",
            origin: this.parts.address.origin,
            path: this.parts.address.prefix + path,
            headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams(fields).toString(),
        };
        const exchange = { name, request, secrets, refusal, answers: [], timeout: CALL_TIMEOUT };
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
            retries: this.retries,
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

    private async attempt<T>(exchange: Exchange, read: (response: Answer) => Promise<T>): Promise<T> {
        await this.pace.turn();
        const { name, answers, secrets } = exchange;
        const { address, clock } = this.parts;
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
            throw await this.refusal(exchange, response);
        } catch (error) {
            if (!(error instanceof ReleaseError)) {
                const cause = causeOf(error as Error, secrets);
                this.missed(exchange, sent, `does not answer (${cause})`);
                throw noAnswer(name, address, cause);
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
    private async send(exchange: Exchange, sent: number): Promise<Answer> {
        const { request, timeout } = exchange;
        const waiting = setTimeout(
            () => this.missed(exchange, sent, "does not answer", timeout),
            this.outage.silence,
        );
        try {
            const { dispatcher } = this.parts;
            return request.method === "HEAD"
                ? await head(dispatcher, request, timeout)
                : await dispatcher.request({ ...request, signal: AbortSignal.timeout(timeout) });
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
        { attempt = this.retries + 1 }: Exchange,
        sent: number,
        what: string,
        takes = this.parts.clock.monotonic() - sent,
    ): void {
        const triesLeft = this.retries + 1 - attempt;
        this.outage.missed({
            sent,
            what,
            until: sent + takes * (1 + triesLeft) + waitsFrom(attempt, this.retries),
        });
    }

    private requestOf(call: Call, credential: string): Dispatcher.RequestOptions {
        const { origin, prefix } = this.parts.address;
        const query = call.query ? `?${new URLSearchParams(call.query)}` : "";
        return {
            method: call.method,
            origin,
            path: `${prefix}${call.path}${query}`,
            // undici hangs up after each HEAD unless it is told not to: a thousand checks would be a thousand connections.
            reset: false,
            headers: {
                accept: "application/json",
                ...this.access.headers(credential),
                ...bodyHeaders(call),
            },
            ...bodyOf(call),
        };
    }

    private async refusal({ name, secrets, refusal }: Exchange, response: Answer): Promise<PlatformError> {
        const { statusCode, headers } = response;
        if (statusCode === 429 || (statusCode === 503 && headers["retry-after"])) {
            const { clock, random } = this.parts;
            // Never at once, whatever the header says: by a clock that goes wrong its date is always over.
            const asked = retryAfter(headers["retry-after"], clock.now()) ?? 0;
            const rest = Math.max(asked, backoff(3, random()));
            this.outage.rests(rest);
            if (statusCode === 429) {
                this.pace.refused(rest);
            } else {
                this.pace.rest(rest);
            }
        }
        const said = messageIn(await readText(response.body, LARGEST_REFUSAL).catch(() => ""));
        const { kind, text } = refusal(statusCode) ?? explain(statusCode, this.parts.address);
        const clean = printable(said, secrets, 300);
        return new PlatformError(
            kind,
            name,
            `${name} was answered with ${statusCode}${clean ? ` (${clean})` : ""}: ${text}`,
        );
    }
}

function bodyHeaders({ json, upload }: Call): Record<string, string> {
    if (upload) {
        return { "content-type": upload.type, "content-length": String(upload.length) };
    }
    return json === undefined ? {} : { "content-type": "application/json" };
}

function bodyOf({ json, upload }: Call): Pick<Dispatcher.RequestOptions, "body"> {
    if (upload) {
        return { body: Readable.from(upload.open()) };
    }
    return json === undefined ? {} : { body: JSON.stringify(json) };
}

/** How a call is named in messages: method and path, without the query. */
function nameOf({ method, path }: Pick<Call, "method" | "path">): string {
    return `${method} ${path.length > 200 ? `${path.slice(0, 199)}…` : path}`;
}

/** What a status means, whoever calls. */
function explain(status: number, { origin, sources }: Address): Refusal {
    if (status === 401) {
        return { kind: "unauthorized", text: "the platform wants to know who calls." };
    }
    if (status === 403) {
        return { kind: "forbidden", text: "the platform does not allow it." };
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

function noAnswer(name: string, address: Address, cause: string): PlatformError {
    const from = `${name} got no whole answer from ${addressOf(address)}`;
    return new PlatformError("unavailable", name, `${from}: ${cause}.`);
}

function causeOf(error: Error, secrets: Secrets): string {
    const { code } = error as NodeJS.ErrnoException;
    return error.name === "TimeoutError" || code === "UND_ERR_HEADERS_TIMEOUT"
        ? "it took too long"
        : printable(describe(error), secrets, 200);
}

function describe(error: Error): string {
    const { code } = error as NodeJS.ErrnoException;
    return [code, error.message].filter(Boolean).join(", ");
}
