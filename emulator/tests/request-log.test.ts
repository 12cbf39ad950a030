import { RequestLog } from "../src/request-log";

const request = { at: "2026-01-05T09:00:00.000Z", method: "GET", path: "/", query: {} };

test("only the last ones are kept, and numbered on", () => {
    const log = new RequestLog(10);
    for (let count = 1; count <= 47; count += 1) {
        log.add(request);
        expect(log.list().length).toBe(Math.min(10, count));
    }
    expect(log.list().map((entry) => entry.seq)).toEqual([38, 39, 40, 41, 42, 43, 44, 45, 46, 47]);
});

test("clearing forgets, and the numbering goes on", () => {
    const log = new RequestLog();
    log.add(request);
    log.clear();
    expect(log.list()).toEqual([]);
    expect(log.add(request)).toEqual({ seq: 2, status: null, ...request });
});
