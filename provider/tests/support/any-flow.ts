import fc from "fast-check";
import type { FlowDefinition, FlowNode } from "../../src/release/flow.js";

/** Keys that trip code which looks them up in plain objects, beside ordinary ones. */
const key = fc.oneof(
    fc.string(),
    fc.constantFrom("text", "next", "constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"),
);

/** Whatever JSON a node or a flow may hold beside its fixed properties. */
export const anySettings: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
    key.filter((name) => !["id", "type", "label", "nodes", "name", "updated_at"].includes(name)),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }))),
    { maxKeys: 4 },
) as fc.Arbitrary<Record<string, unknown>>;

const anyNode: fc.Arbitrary<FlowNode> = fc
    .record({
        id: fc.string({ minLength: 1, maxLength: 4 }),
        type: fc.constantFrom("say", "intent"),
        more: anySettings,
    })
    .map(({ more, ...node }) => ({ ...more, ...node }));

/** Any flow whose nodes have ids of their own. */
export const anyFlow: fc.Arbitrary<FlowDefinition> = fc
    .record({
        id: fc.string(),
        name: fc.string(),
        updated_at: fc.string(),
        nodes: fc.uniqueArray(anyNode, { selector: ({ id }) => id, maxLength: 8 }),
        more: anySettings,
    })
    .map(({ more, ...flow }) => ({ ...more, ...flow }));
