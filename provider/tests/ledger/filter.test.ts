import { type Filter, isMeant, meant } from "../../src/ledger/filter.js";
import { chainOf, newEvent } from "../support/ledger.js";
import { oneByOne } from "../support/pieces.js";

const HOUR = 3_600_000;
const CHAIN = chainOf([
    { event: newEvent(1, { action: "deployment_intent", status: "started" }), at: HOUR },
    { event: newEvent(2), at: 2 * HOUR },
    {
        event: newEvent(3, {
            bot_id: "bot_2",
            version_tag: "v2.0.0",
            status: "blocked",
            details: { target_environment: "staging" },
        }),
        at: 3 * HOUR,
    },
]);

describe("the events that are meant", () => {
    it.each<[Filter, number[]]>([
        [{}, [1, 2, 3]],
        [{ bot: "bot_12345" }, [1, 2]],
        [{ flow: "flow_67890" }, [1, 2, 3]],
        [{ flow: "flow_1" }, []],
        [{ tag: "v2.0.0" }, [3]],
        [{ environment: "production" }, [1, 2]],
        [{ outcome: "blocked" }, [3]],
        [{ since: 2 * HOUR }, [2, 3]],
        [{ until: 2 * HOUR }, [1]],
        [{ bot: "bot_12345", outcome: "completed", since: 0, until: 4 * HOUR }, [2]],
    ])("by %j", async (filter, numbers) => {
        const found: unknown[] = [];
        for await (const event of meant(oneByOne(CHAIN), filter)) {
            found.push(event.details.number);
        }
        expect(found).toEqual(numbers);
        expect(CHAIN.filter((event) => isMeant(event, filter))).toHaveLength(numbers.length);
    });
});
