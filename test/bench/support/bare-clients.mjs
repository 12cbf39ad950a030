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
function request({ url, authorization, connections, next }) {
    const dispatcher = new Agent({ connections });
    return sideBySide(connections, async () => {
        for (let path = next(); path !== undefined; path = next()) {
            const { statusCode, body } = await send(`${url.origin}${path}`, {
                method: "HEAD",
                headers: { authorization },
                reset: false,
                dispatcher,
            });
            await body.dump();
            expectThere(statusCode, path);
        }
    });
}

/** The least of undici. */
function dispatch({ url, authorization, connections, next }) {
    const pool = new Pool(url.origin, { connections });
    const ask = (done, failed) => {
        const path = next();
        if (path === undefined) {
            return done();
        }
        return pool.dispatch(
            { path, method: "HEAD", headers: { authorization }, reset: false },
            {
                onRequestStart() {},
                onResponseStart: (_controller, statusCode) => expectThere(statusCode, path),
                onResponseData() {},
                onResponseEnd: () => ask(done, failed),
                onResponseError: (_controller, error) => failed(error),
            },
        );
    };
    return sideBySide(connections, () => new Promise(ask));
}

/** What Node has by itself. */
function nodeHttp({ url, authorization, connections, next }) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const ask = (done, failed) => {
        const path = next();
        if (path === undefined) {
            return done();
        }
        return http
            .request(
                `${url.origin}${path}`,
                { agent, method: "HEAD", headers: { authorization } },
                (answer) => {
                    expectThere(answer.statusCode, path);
                    answer.resume();
                    answer.on("end", () => ask(done, failed));
                },
            )
            .on("error", failed)
            .end();
    };
    return sideBySide(connections, () => new Promise(ask));
}

/** HTTP written onto sockets by hand, and of the answers only the status read: what the machine takes at least. */
function sockets({ url, authorization, connections, next }) {
    return sideBySide(
        connections,
        () =>
            new Promise((done, failed) => {
                const socket = connect(Number(url.port), url.hostname);
                let path;
                const ask = () => {
                    path = next();
                    if (path === undefined) {
                        socket.end();
                        done(undefined);
                        return;
                    }
                    socket.write(
                        `HEAD ${path} HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: ${authorization}\r\n\r\n`,
                    );
                };
                socket.setNoDelay(true);
                socket.on("connect", ask);
                socket.on("error", failed);
                socket.on("data", (answer) => {
                    expectThere(Number(answer.toString("latin1", 9, 12)), path);
                    ask();
                });
            }),
    );
}

function sideBySide(connections, work) {
    return Promise.all(Array.from({ length: connections }, work));
}

function expectThere(status, path) {
    if (status !== 200) {
        throw new Error(`${path}: ${status}`);
    }
}
