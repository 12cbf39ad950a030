import { csvOf } from "../../../src/cli/audit/csv.js";
import type { LedgerEvent } from "../../../src/ledger/event.js";
import { chainOf, newEvent } from "../../support/ledger.js";
import { textFrom } from "../../support/pieces.js";

/** Reads CSV by the grammar of RFC 4180, strictly. */
function parseCsv(text: string): string[][] {
    const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    const rows: string[][] = [];
    let row: string[] = [];
    while (field.lastIndex < text.length) {
        const at = field.lastIndex;
        const [, quoted, plain, end] = field.exec(text) ?? [];
        if (end === undefined) {
            throw new Error(`no CSV at ${at}: ${text.slice(at, at + 40)}`);
        }
        row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
        if (end === "\r\n") {
            rows.push(row);
            row = [];
        }
    }
    return rows;
}

async function rowsOf(events: readonly LedgerEvent[]): Promise<Record<string, string>[]> {
    const [head = [], ...rows] = parseCsv(await textFrom(csvOf, events));
    return rows.map((row) => {
        expect(row).toHaveLength(head.length);
        return Object.fromEntries(head.map((name, index) => [name, row[index] as string]));
    });
}

describe("a ledger as CSV", () => {
    it("has a header, and one row for each event", async () => {
        const [event] = chainOf([{ event: newEvent(7, { content_hash: "sha256:1" }), at: 0 }]) as [
            LedgerEvent,
        ];
        expect(await rowsOf([event])).toEqual([
            {
                timestamp: "1970-01-01T00:00:00.000Z",
                run: "run-1",
                actor: "alex",
                bot_id: "bot_12345",
                flow_id: "flow_67890",
                version_tag: "v1.4.2",
                target_environment: "production",
                action: "deployment_execution",
                status: "completed",
                content_hash: "sha256:1",
                compliance_ref: "AUD-bot_12345-v1.4.2-19700101000000",
                details: '{"number":7}',
                previous_hash: event.previous_hash,
                hash: event.hash,
            },
        ]);
    });

    it("holds quotes, commas and line ends, and leaves out what an event has not", async () => {
        const odd = 'a "quoted", odd\r\nname';
        const [row] = await rowsOf(chainOf([{ event: newEvent(1, { bot_id: odd }), at: 0 }]));
        expect(row).toMatchObject({ bot_id: odd, content_hash: "" });
    });

    it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])(
        "holds no formula that a spreadsheet would work out: %j",
        async (formula) => {
            const [row] = await rowsOf(chainOf([{ event: newEvent(1, { flow_id: formula }), at: 0 }]));
            expect(row?.flow_id).toBe(`'${formula}`);
        },
    );

    it("has its header where there is no event", async () => {
        expect(await textFrom(csvOf, [])).toMatch(/^timestamp,run,[a-z_,]+,hash\r\n$/);
    });
});
