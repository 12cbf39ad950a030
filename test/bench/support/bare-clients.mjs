import http from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";

const { Agent, Pool, request: send } = createRequire(import.meta.url)("undici");

/**
 * What it takes to send so many HEADs side by side, and nothing else, in several ways. Each asks on as soon as it has an answer.
 *
 * @typedef {object} Heads
 * @property {URL} url The server's.
 * @property {string} authorization
 * @property {number} connections How many at a time.
 * @property {() => string | undefined} next The path of the next one.
 */

/** @type {Record<string, (heads: Heads) => Promise<unknown>>} */
export const BARE_CLIENTS = { request, dispatch, http: nodeHttp, sockets };

/** undici as most use it. */
function request(heads) {
    const { url, authorization, connections } = heads;
    const dispatcher = new Agent({ connections });
    const ask = async (path) => {
        const { statusCode, body } = await send(`${url.origin}${path}`, {
            method: "HEAD",
            headers: { authorization },
            reset: false,
            dispatcher,
        });
        await body.dump();
        return statusCode;
    };
    return sideBySide(heads, () => (path, answered, failed) => void ask(path).then(answered, failed));
}

/** The least of undici. */
function dispatch(heads) {
    const { url, authorization, connections } = heads;
    const pool = new Pool(url.origin, { connections });
    return sideBySide(heads, () => (path, answered, failed) => {
        let status;
        pool.dispatch(
            { path, method: "HEAD", headers: { authorization }, reset: false },
            {
                onRequestStart() {},
                onResponseStart: (_controller, statusCode) => {
                    status = statusCode;
                },
                onResponseData() {},
                onResponseEnd: () => answered(status),
                onResponseError: (_controller, error) => failed(error),
            },
        );
    });
}

/** What Node has by itself. */
function nodeHttp(heads) {
    const { url, authorization, connections } = heads;
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    return sideBySide(heads, () => (path, answered, failed) => {
        const options = { agent, method: "HEAD", headers: { authorization } };
        http.request(`${url.origin}${path}`, options, (answer) => {
            answer.resume();
            answer.on("end", () => answered(answer.statusCode));
        })
            .on("error", failed)
            .end();
    });
}

/** HTTP written onto sockets by hand, and of the answers only the status read: what the machine takes at least. */
function sockets(heads) {
    const { url, authorization } = heads;
    return sideBySide(heads, () => {
        const socket = connect(Number(url.port), url.hostname).setNoDelay(true);
        let asker;
        socket.on("error", (error) => asker.failed(error));
        socket.on("data", (answer) => asker.answered(Number(answer.toString("latin1", 9, 12))));
        return (path, answered, failed) => {
            asker = { answered, failed };
            socket.write(
                `HEAD ${path} HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: ${authorization}\r\n\r\n`,
            );
        };
    });
}

/**
 * Asks for all of them, so many at a time.
 *
 * @param {Heads} heads
 * @param {() => (path: string, answered: (status: number) => void, failed: (error: unknown) => void) => void} open Gives one
 * that asks, and is called again when it has its answer.
 */
function sideBySide({ connections, next }, open) {
    const work = (done, failed) => {
        const ask = open();
        const goOn = () => {
            const path = next();
            if (path === undefined) {
                done();
                return;
            }
            ask(
                path,
                (status) => (status === 200 ? goOn() : failed(new Error(`${path}: ${status}`))),
                failed,
            );
        };
        goOn();
    };
    return Promise.all(Array.from({ length: connections }, () => new Promise(work)));
}
