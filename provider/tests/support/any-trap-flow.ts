import fc from "fast-check";
import type { FlowDefinition } from "../../src/release/flow.js";

/** Texts that do harm where they are taken for more than texts. */
const HARMFUL = [
    "\u0000",
    "\u001b[2J\u001b[31m",
    "\u009b31m",
    "\u0007\b\r",
    "\ud800",
    "\udc00\ud800",
    "\u202eabc\u2066",
    "\u2028\u2029\u0085",
    "a\nb",
    "</pre></li></style><script>alert(1)</script>",
    `"><img src=x onerror='alert(1)'>`,
    "&lt;b&gt;",
    "``````\n# Approved",
    "[x](javascript:alert(1)) ![y](https://example.com/y.png)",
    "https://example.com www.example.com @everyone #1",
    "<!-- -->",
    "| a | b |\n|---|---|",
    "%s {{x}}",
];

/** A property name, an id or a value that trips code that is careless. */
const trap = fc.constantFrom(
    ...["__proto__", "constructor", "toString", "hasOwnProperty", "then", "next", "children", "id", "nodes"],
    ...["type", "label", "text", "", "n1"],
    ...HARMFUL,
);

const anyTrap: fc.Arbitrary<unknown> = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
        { maxDepth: 4 },
        trap,
        fc.array(trap, { maxLength: 30 }).map((texts) => texts.join(" ")),
        fc.constantFrom(null, true, 0, -0, 1e300),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.dictionary(trap, tie("any"), { maxKeys: 5 }),
    ),
})).any;

/** A flow that holds what the contract does not allow, and what does harm where it is shown. */
export const anyTrapFlow: fc.Arbitrary<FlowDefinition> = fc
    .record({
        nodes: fc.array(fc.oneof(anyTrap, fc.dictionary(trap, anyTrap, { maxKeys: 6 })), { maxLength: 8 }),
        more: fc.dictionary(trap, anyTrap, { maxKeys: 4 }),
    })
    .map(({ nodes, more }) => ({ ...more, id: "flow_1", updated_at: "now", nodes }) as FlowDefinition);
