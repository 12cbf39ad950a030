import fc from "fast-check";
import { KnownEvents, type Scope } from "../../src/ledger/known-events.js";
import { chainOf, newEvent } from "../support/ledger.js";

const ids = fc.constantFrom("one", "two", "__proto__");
const events = fc
    .array(fc.record({ bot_id: ids, flow_id: ids }), { maxLength: 30 })
    .map((places) =>
        chainOf(places.map((place, number) => ({ event: newEvent(number, place), at: number }))),
    );
const scopes = fc.option(fc.record({ botId: ids, flowId: fc.option(ids, { nil: undefined }) }), {
    nil: undefined,
});

function known(added: ReturnType<typeof chainOf>): KnownEvents {
    const all = new KnownEvents();
    for (const event of added) {
        all.add(event);
    }
    return all;
}

describe("what is known of a ledger", () => {
    it("is found by bot and by flow, in the order in which it was added", () => {
        fc.assert(
            fc.property(events, scopes, (added, scope?: Scope) => {
                const meant = added.filter(
                    ({ bot_id, flow_id }) =>
                        (scope?.botId ?? bot_id) === bot_id && (scope?.flowId ?? flow_id) === flow_id,
                );
                expect([...known(added).of(scope)]).toEqual(meant);
            }),
        );
    });

    it("does not grow in the hands of who reads it", () => {
        const [first, second] = chainOf([1, 2].map((at) => ({ event: newEvent(at), at })));
        const all = known([first as never]);
        const reading = all.of({ botId: "bot_12345" });
        expect(reading.next().value).toBe(first);
        all.add(second as never);
        expect(reading.next().done).toBe(true);
        expect(all.last).toBe(second);
    });
});
