import * as fc from "fast-check";
import type { z } from "zod";
import type { Flow } from "../../../src/cognigy/ai/answers.js";
import type { AiApi } from "../../../src/cognigy/ai/api.js";
import { readDraft } from "../../../src/cognigy/ai/draft.js";
import { contentHash } from "../../../src/release/content-hash.js";
import { shuffle } from "../../support/shuffle.js";

/** A flow as its author makes it. */
interface Content {
    name: string;
    nodes: { text: string; next: boolean; children: number }[];
    intents: { name: string; sentences: string[] }[];
}

/** What happens to a flow that changes nothing of what it does. */
interface Accident {
    /** Restored: all has other `_id`s. */
    restored: number;
    stamp: number;
    by: string;
    /** How everything is listed. */
    order: Iterator<number>;
}

const content: fc.Arbitrary<Content> = fc.record({
    name: fc.string(),
    nodes: fc.array(fc.record({ text: fc.string(), next: fc.boolean(), children: fc.nat(2) }), {
        maxLength: 6,
    }),
    intents: fc.uniqueArray(
        fc.record({
            name: fc.string({ minLength: 1 }),
            sentences: fc.uniqueArray(fc.string(), { maxLength: 4 }),
        }),
        { maxLength: 3, selector: ({ name }) => name },
    ),
});
const accident: fc.Arbitrary<Accident> = fc.record({
    restored: fc.nat(1_000),
    stamp: fc.nat(2_000_000_000),
    by: fc.string(),
    order: fc.infiniteStream(fc.nat()),
});

/** The calls that read it, over a tenant where it stands so. */
function read({ name, nodes, intents }: Content, { restored, stamp, by, order }: Accident) {
    const idOf = (kind: string, index: number) => `${kind}${index}x${restored}`;
    const meta = { createdAt: stamp, lastChanged: stamp, createdBy: by, lastChangedBy: by };
    const listed = <T>(items: T[]) => shuffle(items, order);
    const nodeItems = nodes.map((_, index) => ({
        _id: idOf("node", index),
        referenceId: `ref-${index}`,
        type: "say",
        preview: `${by} ${stamp}`,
    }));
    const relations = nodes.map(({ next, children }, index) => ({
        node: idOf("node", index),
        next: next && index + 1 < nodes.length ? idOf("node", index + 1) : null,
        children: Array.from({ length: Math.min(children, nodes.length) }, (_, child) => idOf("node", child)),
    }));
    const answers: Record<string, unknown> = {
        "/flows/flow/chart": { nodes: listed(nodeItems), relations: listed(relations) },
        "/flows/flow/intents": listed(
            intents.map((one, index) => ({ ...meta, _id: idOf("intent", index), name: one.name })),
        ),
    };
    for (const [index, item] of nodeItems.entries()) {
        answers[`/flows/flow/chart/nodes/${item._id}`] = {
            ...meta,
            ...item,
            config: { text: nodes[index]?.text },
        };
    }
    for (const [index, intent] of intents.entries()) {
        const path = `/flows/flow/intents/${idOf("intent", index)}`;
        const own = {
            ...meta,
            _id: idOf("intent", index),
            referenceId: `intent-${index}`,
            name: intent.name,
        };
        answers[path] = own;
        answers[`${path}/sentences`] = listed(
            intent.sentences.map((text, place) => ({ ...meta, _id: idOf(`sentence${index}y`, place), text })),
        );
    }
    const get = async (path: string, schema: z.ZodType) => schema.parse(answers[path]);
    const all = async (path: string, schema: z.ZodType) =>
        (answers[path] as unknown[]).map((one) => schema.parse(one));
    const flow = {
        ...meta,
        _id: "flow",
        referenceId: "ref-flow",
        name,
        isTrainingOutOfDate: stamp % 2 === 0,
    };
    return readDraft({ get, all } as unknown as AiApi, flow as Flow);
}

test("a flow has the same content after it was touched, listed otherwise, or restored with other ids", async () => {
    await fc.assert(
        fc.asyncProperty(content, accident, accident, async (flow, one, other) => {
            expect(contentHash(await read(flow, other))).toBe(contentHash(await read(flow, one)));
        }),
    );
});

test("a flow has another content when a text, a name, a sentence or a connection is another", async () => {
    await fc.assert(
        fc.asyncProperty(content, content, accident, async (one, other, same) => {
            const differs = JSON.stringify(normal(one)) !== JSON.stringify(normal(other));
            const [first, second] = [await read(one, same), await read(other, same)];
            expect(contentHash(first) !== contentHash(second)).toBe(differs);
        }),
    );
});

/** What of a flow counts: a last node has nothing after it, whatever is drawn. */
function normal({ name, nodes, intents }: Content): Content {
    return {
        name,
        nodes: nodes.map((node, index) => ({
            text: node.text,
            next: node.next && index + 1 < nodes.length,
            children: Math.min(node.children, nodes.length),
        })),
        intents: intents.map((one) => ({ name: one.name, sentences: [...one.sentences].sort() })),
    };
}
