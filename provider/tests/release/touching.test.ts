import { diffFlows } from "../../src/release/diff/diff.js";
import type { FlowDefinition, FlowNode } from "../../src/release/flow.js";
import type { Dependency } from "../../src/release/gates.js";
import { touching } from "../../src/release/touching.js";

const CRM = { resourceType: "external_api", resourceId: "crm_lookup" };
const BOOK = { resourceType: "intent", resourceId: "book_flight" };
const CITY = { resourceType: "entity", resourceId: "city" };

function flowOf(nodes: FlowNode[], more: object = {}): FlowDefinition {
    return { id: "flow_1", name: "Booking", updated_at: "2026-01-02T03:04:05Z", nodes, ...more };
}

/** A call, and a router before it; each with what it uses. */
const ROUTER = { id: "n1", type: "start", next: "n2", config: { intent: "book_flight" } };
const CALL = { id: "n2", type: "httpRequest", label: "Look up", config: { api: "crm_lookup", timeoutMs: 1 } };
const LIVE = flowOf([ROUTER, CALL]);

/** Which of three resources are touched, by their ids. */
function touched(next: FlowDefinition, listed?: readonly Dependency[], live = LIVE): string[] {
    const isTouched = touching({ diff: diffFlows(live, next), live, next, listed });
    return [CRM, BOOK, CITY].filter(isTouched).map(({ resourceId }) => resourceId);
}

const EDITED = flowOf([ROUTER, { ...CALL, config: { ...CALL.config, timeoutMs: 2 } }]);

describe("a release touches a resource", () => {
    it.each([
        ["as the shipped data has it", "nodes/n2/config/api"],
        ["with dots and brackets", "n2.config.apis[0]"],
        ["in quotes", 'nodes["n2"].config'],
        ["by the node's place in the list", "nodes/1/config/api"],
        ["with the node's id alone", "n2"],
        ["with a slash first", "/nodes/1/config/api"],
    ])("that the platform lists for a changed node, %s", (_, referencePath) => {
        expect(touched(EDITED, [{ ...CITY, referencePath }])).toEqual(["crm_lookup", "city"]);
    });

    it.each([
        ["of another node", "nodes/n1/config/api"],
        ["of another node, with a number that is no id", "nodes/n1/config/functions/2"],
        ["of the flow's settings", "settings/n9"],
        ["of a place that there is not", "nodes/7/config"],
        ["of a place in another list", "settings/1/api"],
        ["of what only begins or ends with a place", "nodes/1st/or1"],
        ["without a path", ""],
    ])("not one that is listed %s", (_, referencePath) => {
        expect(touched(EDITED, [{ ...CITY, referencePath }])).toEqual(["crm_lookup"]);
    });

    it("that a removed node used, or a changed one did before", () => {
        expect(touched(flowOf([{ ...ROUTER, next: null }]), [])).toEqual(["crm_lookup"]);
        const other = flowOf([ROUTER, { ...CALL, config: { api: "another", timeoutMs: 1 } }]);
        expect(touched(other, [])).toEqual(["crm_lookup"]);
    });

    it("that a new node uses, without a listing by its id", () => {
        const next = flowOf([
            ROUTER,
            CALL,
            { id: "n3", type: "question", config: { slots: [{ entity: "city" }] } },
        ]);
        expect(touched(next)).toEqual(["city"]);
    });

    it("not because the id is a word that is said, or of another type where the listing tells the type", () => {
        const said = flowOf([
            ROUTER,
            CALL,
            { id: "n3", type: "say", label: "city", config: { text: ["city"] } },
        ]);
        expect(touched(said)).toEqual([]);
        const listed = [{ resourceType: "intent", resourceId: "crm_lookup", referencePath: "nodes/n1" }];
        expect(touched(EDITED, listed)).toEqual([]);
    });

    it("that the flow lists itself, such as an intent with other sentences", () => {
        const intents = (...examples: string[]) => ({ intents: [{ id: "book_flight", examples }] });
        const live = flowOf([ROUTER, CALL], intents("book a flight"));
        expect(touched(flowOf([ROUTER, CALL], intents("fly me")), [], live)).toEqual(["book_flight"]);
        const externalApis = [{ id: "crm_lookup", url: "https://crm.example.com" }];
        expect(touched(flowOf([ROUTER, CALL], { externalApis }), [])).toEqual(["crm_lookup"]);
    });

    it("not one of a place that there is not, where a node was removed", () => {
        const removed = flowOf([{ ...ROUTER, next: null }]);
        expect(touched(removed, [{ ...CITY, referencePath: "nodes/7/config" }])).toEqual(["crm_lookup"]);
    });

    it("at any place in a list, also the eleventh", () => {
        const others = Array.from({ length: 9 }, (_, place) => ({ id: `x${place}`, type: "say" }));
        const [live, next] = [LIVE, EDITED].map(({ nodes }) =>
            flowOf([ROUTER, ...others, ...nodes.slice(1)]),
        );
        expect(touched(next ?? LIVE, [{ ...CITY, referencePath: "nodes/10/api" }], live)).toEqual([
            "crm_lookup",
            "city",
        ]);
    });

    it("not because something else that changes has the id of a node, or of another type", () => {
        const listing = (id: string, more: string) =>
            flowOf([ROUTER, CALL], { entities: [{ id, values: [more] }] });
        expect(touched(listing("n1", "b"), [], listing("n1", "a"))).toEqual([]);
        expect(touched(listing("book_flight", "b"), [], listing("book_flight", "a"))).toEqual([]);
        expect(touched(listing("city", "b"), [], listing("city", "a"))).toEqual(["city"]);
    });

    it("not by a node that only leads elsewhere, or was moved in the list", () => {
        expect(touched(flowOf([CALL, ROUTER]))).toEqual([]);
        expect(touched(flowOf([{ ...ROUTER, next: null }, CALL]))).toEqual([]);
    });
});
