import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

const NODES = 2000;
/** The fastest of so many runs counts: others run on this machine too. */
const RUNS = 10;
const MOST_MILLISECONDS = 200;
/** Four times the nodes take less than this many times as long: four in proportion, sixteen by the square. */
const MOST_GROWTH = 8;

/** Compares a flow of 2,000 nodes with an edited copy, and looks whether it finds what was edited. */
export function flowDiff() {
    const { diffFlows } = require("pulumi-cognigy/release");
    const live = flowOf(NODES, (index) => `Step ${index}`);
    const { flow: next, edits } = edited(live);
    const { changes } = diffFlows(live, next);
    const found = changes.map(({ kind, label }) => `${kind} ${label}`).sort();
    const right = JSON.stringify(found) === JSON.stringify(edits.sort());

    const texts = [live, next].map((flow) => JSON.stringify(flow));
    const parsing = fastest(() => texts.map((text) => JSON.parse(text)));
    const comparing = fastest(() => diffFlows(live, next));
    return {
        work: `compare a flow of ${NODES} nodes with a copy that has ${edits.length} edits`,
        measured: `${comparing.toFixed(0)} ms, ${(comparing / parsing).toFixed(1)} times as long as reading both; ${
            right ? "all edits found, and nothing else" : `${found.length} changes found`
        }`,
        target: `under ${MOST_MILLISECONDS} ms; all edits found, and nothing else`,
        met: right && comparing < MOST_MILLISECONDS,
        milliseconds: { comparing: round(comparing), parsing: round(parsing) },
    };
}

/** Compares flows whose nodes are all the same: what is hard to tell apart must not take long. */
export function flowDiffGrowth() {
    const { diffFlows } = require("pulumi-cognigy/release");
    const timeFor = (count) => {
        const live = flowOf(count, () => "Step");
        const next = { ...live, nodes: live.nodes.filter(({ id }) => id !== `n${count / 2}`) };
        return fastest(() => diffFlows(live, withOtherIds(next)));
    };
    const [small, large] = [timeFor(2500), timeFor(10_000)];
    const growth = large / small;
    return {
        work: "compare flows of 2,500 and of 10,000 nodes that are all the same, with a node less and other ids",
        measured: `${growth.toFixed(1)} times as long for four times as many (${large.toFixed(0)} ms)`,
        target: `under ${MOST_GROWTH} times as long`,
        met: growth < MOST_GROWTH,
        milliseconds: { small: round(small), large: round(large) },
    };
}

/** A conversation in which every twentieth node branches. */
function flowOf(count, labelOf) {
    const types = ["say", "question", "httpRequest", "code"];
    const nodes = Array.from({ length: count }, (_, index) => {
        const type = index === 0 ? "start" : types[index % types.length];
        const branches = index % 20 === 10 && index + 12 < count;
        const after = index % 20 === 15 ? index + 6 : index + 1;
        const next = after < count ? `n${after}` : null;
        const label = labelOf(index);
        return {
            id: `n${index}`,
            type: branches ? "ifThenElse" : type,
            label,
            next: branches ? { yes: `n${index + 1}`, no: `n${index + 6}` } : next,
            config: {
                text: [`${label} says this.`],
                voice: "anna",
                timeoutMs: 5000,
                resultIn: `context.${label}`,
            },
            layout: { x: index, y: 0 },
        };
    });
    return { id: "flow_bench", name: "Bench", updated_at: "2026-01-02T03:04:05Z", nodes };
}

/** Edits a copy at a place in each hundred nodes: a prompt, a call, a node more, a node less, and a move. */
function edited(flow) {
    const nodes = structuredClone(flow.nodes);
    const at = (index) => nodes[index];
    const edits = [];
    const removed = new Set();
    for (let part = 0; part + 100 < nodes.length; part += 100) {
        at(part + 22).config.text = [`Something else, ${part}.`];
        edits.push(`changed ${at(part + 22).label}`);
        at(part + 42).config.timeoutMs = 3000 + part;
        edits.push(`changed ${at(part + 42).label}`);
        nodes.push({ id: `new${part}`, type: "say", label: `New ${part}`, next: at(part + 62).next });
        at(part + 62).next = `new${part}`;
        edits.push(`added New ${part}`);
        at(part + 82).next = at(part + 83).next;
        removed.add(at(part + 83));
        edits.push(`removed ${at(part + 83).label}`);
        const moved = at(part + 5);
        at(part + 4).next = moved.next;
        moved.next = at(part + 7).next;
        at(part + 7).next = moved.id;
        edits.push(`moved ${moved.label}`);
    }
    return { flow: { ...flow, nodes: nodes.filter((node) => !removed.has(node)) }, edits };
}

function withOtherIds(flow) {
    return JSON.parse(JSON.stringify(flow).replace(/"n(?=\d)/g, '"copy-of-n'));
}

function fastest(work) {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run += 1) {
        const began = performance.now();
        work();
        best = Math.min(best, performance.now() - began);
    }
    return best;
}

function round(milliseconds) {
    return Math.round(milliseconds * 10) / 10;
}
