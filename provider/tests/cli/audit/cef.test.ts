import { version } from "../../../package.json";
import { cefOf } from "../../../src/cli/audit/cef.js";
import type { LedgerEvent } from "../../../src/ledger/event.js";
import { chainOf, newEvent } from "../../support/ledger.js";
import { textFrom } from "../../support/pieces.js";

/** Reads a line of CEF as a SIEM does. */
function parseCef(line: string) {
    const header = /^CEF:0\|((?:[^|\\]|\\[|\\])*\|){6}/.exec(line)?.[0] ?? "";
    const fields = header.slice(0, -1).split(/(?<!\\)(?:\\\\)*\|/);
    const extension: Record<string, string> = {};
    for (const [, key = "", value = ""] of line
        .slice(header.length)
        .matchAll(/(\w+)=((?:[^=\\]|\\[=\\nr])*?)(?= \w+=|$)/g)) {
        extension[key] = value.replace(/\\([=\\nr])/g, (_all, one: string) => (one === "n" ? "\n" : one));
    }
    return { fields, extension };
}

async function linesOf(events: readonly LedgerEvent[]): Promise<string[]> {
    return (await textFrom(cefOf, events)).trimEnd().split("\n");
}

describe("a ledger as CEF", () => {
    it("is one line for each event, with the fields that a SIEM knows", async () => {
        const [event] = chainOf([
            {
                event: newEvent(1, {
                    status: "rolled_back",
                    content_hash: "sha256:1",
                    details: {
                        target_environment: "production",
                        reason: "health_check_failed",
                        summary: "the bot was unhealthy",
                    },
                }),
                at: Date.UTC(2026, 0, 2, 3, 4, 5),
            },
        ]) as [LedgerEvent];
        expect(await linesOf([event])).toEqual([
            `CEF:0|pulumi-cognigy|pulumi-cognigy|${version}|deployment_execution|Release rolled back|7|` +
                "rt=1767323045000 cat=release act=deployment_execution outcome=rolled_back suser=alex " +
                "cs1Label=botId cs1=bot_12345 cs2Label=flowId cs2=flow_67890 cs3Label=versionTag cs3=v1.4.2 " +
                "cs4Label=targetEnvironment cs4=production cs5Label=contentHash cs5=sha256:1 " +
                "cs6Label=complianceRef cs6=AUD-bot_12345-v1.4.2-20260102030405 " +
                `flexString1Label=run flexString1=run-1 flexString2Label=eventHash flexString2=${event.hash} ` +
                "reason=health_check_failed msg=the bot was unhealthy",
        ]);
    });

    it("escapes what would end a field, and nothing else", async () => {
        const odd = 'C:\\bots|"a"=1\r\nb\nc';
        const [line = "", ...others] = await linesOf(
            chainOf([
                {
                    event: newEvent(1, {
                        bot_id: odd,
                        details: { target_environment: "production", summary: odd },
                    }),
                    at: 0,
                },
            ]),
        );
        expect(others).toEqual([]);
        expect(line).toContain(' cs1=C:\\\\bots|"a"\\=1\\nb\\nc cs2Label');
        const { fields, extension } = parseCef(line);
        expect(fields.slice(0, 5)).toEqual([
            "CEF:0",
            "pulumi-cognigy",
            "pulumi-cognigy",
            version,
            "deployment_execution",
        ]);
        expect(extension).toMatchObject({ cs1: odd.replace("\r\n", "\n"), msg: odd.replace("\r\n", "\n") });
        expect(extension).not.toHaveProperty("cs5");
        expect(extension).not.toHaveProperty("reason");
    });

    it("cuts what is longer than the format allows", async () => {
        const details = { target_environment: "production", summary: "=".repeat(5_000) };
        const [line = ""] = await linesOf(chainOf([{ event: newEvent(1, { details }), at: 0 }]));
        expect(parseCef(line).extension.msg).toBe("=".repeat(1023));
    });

    it("takes in an event of a later version", async () => {
        const [event] = chainOf([{ event: newEvent(1), at: 0 }]) as [LedgerEvent];
        const later = { ...event, action: "pro|motion", status: "half_done" } as unknown as LedgerEvent;
        expect((await linesOf([later]))[0]).toContain("|pro\\|motion|pro\\|motion half done|5|rt=0 ");
    });
});
