import fc from "fast-check";
import { GENESIS } from "../../src/ledger/chain.js";
import { type NewEvent, stampEvent } from "../../src/ledger/event.js";

const AUTHOR = { run: "run-1", actor: "alex" };
const EVENT: NewEvent = {
    bot_id: "bot_12345",
    flow_id: "flow_67890",
    version_tag: "v1.4.2",
    action: "deployment_execution",
    status: "completed",
    details: { target_environment: "production" },
};

describe("a stamped event", () => {
    it("has its time and its reference in UTC", () => {
        expect(stampEvent(EVENT, AUTHOR, GENESIS, Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toEqual({
            ...EVENT,
            ...AUTHOR,
            timestamp: "2026-01-02T03:04:05.678Z",
            compliance_ref: "AUD-bot_12345-v1.4.2-20260102030405",
            previous_hash: GENESIS,
            hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        });
    });

    it("has a reference of fourteen digits at any time", () => {
        const noInvalidDate = {
            min: new Date(0),
            max: new Date("9999-12-31T23:59:59Z"),
            noInvalidDate: true,
        };
        fc.assert(
            fc.property(fc.date(noInvalidDate), (time) => {
                const { timestamp, compliance_ref } = stampEvent(EVENT, AUTHOR, GENESIS, time.getTime());
                expect(Date.parse(timestamp)).toBe(time.getTime());
                expect(compliance_ref).toMatch(/^AUD-bot_12345-v1\.4\.2-\d{14}$/);
            }),
        );
    });
});
