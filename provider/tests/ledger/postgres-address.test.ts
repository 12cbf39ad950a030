import { isDatabase, parsePostgresAddress } from "../../src/ledger/postgres-address.js";

describe("the address of a database", () => {
    it.each([
        ["postgres://db/audit", "postgres://db/audit", ""],
        ["postgresql://runner@db:5433/audit", "postgres://runner@db:5433/audit", ""],
        ["postgres://runner:hunter2@db/audit?sslmode=verify-full", "postgres://runner@db/audit", "hunter2"],
        ["postgres://runner:p%40ss%2Fw%23rd@db/audit", "postgres://runner@db/audit", "p@ss/w#rd"],
        ["postgres:///audit?host=/run/postgresql&password=hunter2", "postgres:///audit", "hunter2"],
    ])("%s is told as %s", (url, location, password) => {
        expect(parsePostgresAddress(url)).toEqual({ url, location, password });
    });

    it.each([
        "ledger.jsonl",
        "mysql://root:hunter2@db/audit",
        "postgres://runner:hunter2@db:port/audit",
        "postgres://runner:hunter#2@db/audit",
        "postgres://runner:12/hunter@db/audit",
        "postgres://runner:12?hunter@db/audit",
        "postgres://runner:hunter@2@db/audit",
        "postgres://runner:hunt%er@db/audit",
    ])("%s is none", (text) => {
        expect(parsePostgresAddress(text)).toBeUndefined();
    });

    it.each([
        ["postgres://db/audit", true],
        ["MySQL://db/audit", true],
        ["/var/log/ledger.jsonl", false],
        ["C:\\audit\\ledger.jsonl", false],
        ["C:/audit/ledger.jsonl", false],
        ["audit/ledger.jsonl", false],
    ])("%s: is it one? %s", (name, database) => {
        expect(isDatabase(name)).toBe(database);
    });
});
