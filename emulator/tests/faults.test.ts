import { FaultBook } from "../src/faults";

const down = { kind: "status", status: 503 } as const;
const drop = { kind: "drop", when: "before" } as const;

function picks(book: FaultBook, count: number, method = "GET", path = "/x"): (string | null)[] {
    return Array.from({ length: count }, () => book.pick(method, path)?.fault?.kind ?? null);
}

test("a fault befalls one request unless said otherwise", () => {
    const book = new FaultBook();
    book.add({ fault: down });
    expect(picks(book, 2)).toEqual(["status", null]);
    expect(book.list()).toEqual([]);
});

test("it can skip some, and befall several", () => {
    const book = new FaultBook();
    book.add({ skip: 1, times: 2, fault: down });
    expect(picks(book, 4)).toEqual([null, "status", "status", null]);
});

test("it can stay until it is cleared", () => {
    const book = new FaultBook();
    book.add({ times: null, fault: down });
    expect(picks(book, 50)).toEqual(Array(50).fill("status"));
    expect(book.list()).toEqual([{ id: 1, times: null, fault: down, skipLeft: 0, timesLeft: null }]);
    book.clear();
    expect(picks(book, 1)).toEqual([null]);
});

test("it can be for one query only", () => {
    const book = new FaultBook();
    book.add({ match: { query: "flowId=my flow$" }, fault: down });
    expect(book.pick("GET", "/x", "flowId=my%20flow&page=1")).toBeNull();
    expect(book.pick("GET", "/x")).toBeNull();
    expect(book.pick("GET", "/x", "page=1&flowId=my%20flow")).toEqual({ latencyMs: 0, fault: down });
});

test("the list tells what is left", () => {
    const book = new FaultBook();
    book.add({ fault: drop });
    book.add({ match: { method: "POST" }, skip: 2, times: 3, fault: down });
    book.pick("POST", "/x");
    book.pick("POST", "/x");
    expect(book.list()).toEqual([
        { id: 2, match: { method: "POST" }, skip: 2, times: 3, fault: down, skipLeft: 1, timesLeft: 3 },
    ]);
});

test("of two faults that match, the second waits for its own request", () => {
    const book = new FaultBook();
    book.add({ fault: down });
    book.add({ fault: drop });
    expect(picks(book, 3)).toEqual(["status", "drop", null]);
});

test("latencies add up, and come with another fault", () => {
    const book = new FaultBook();
    book.add({ fault: { kind: "latency", ms: 10 } });
    book.add({ fault: down });
    book.add({ fault: { kind: "latency", ms: 5 } });
    expect(book.pick("GET", "/x")).toEqual({ latencyMs: 15, fault: down });
    expect(book.pick("GET", "/x")).toBeNull();
});

test.each([
    [{ method: "post" }, "POST", "/x", true],
    [{ method: "POST" }, "GET", "/x", false],
    [{ path: "^/api/.*/rollback$" }, "GET", "/api/v2/deployments/d/rollback", true],
    [{ path: "^/api/.*/rollback$" }, "GET", "/api/v2/deployments", false],
    [{ path: "bots/a/b ü$" }, "GET", "/bots/a%2Fb%20%C3%BC", true],
    [{ path: "%ZZ" }, "GET", "/%ZZ", true],
    [{ method: "HEAD", path: "intents" }, "HEAD", "/intents/x", true],
    [{ method: "HEAD", path: "intents" }, "GET", "/intents/x", false],
    [{}, "GET", "/x", true],
])("%j matches %s %s: %s", (match, method, path, expected) => {
    const book = new FaultBook();
    book.add({ match, fault: down });
    expect(book.pick(method, path) !== null).toBe(expected);
});
