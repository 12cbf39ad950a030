import { diffFlows } from "../../../src/release/diff/diff.js";
import { flow } from "../../support/samples.js";

/** The risk of a change of one property of a node. */
function riskOf(type: string, property: string, value: unknown = "other"): string {
    const names = property.split(".");
    const holding = (inner: unknown) => names.reduceRight<unknown>((held, name) => ({ [name]: held }), inner);
    const one = (inner: unknown) =>
        flow({ nodes: [{ id: "n1", type, label: "One", ...(holding(inner) as object) }] });
    return diffFlows(one("before"), one(value)).risk;
}

describe("the risk of a change", () => {
    it.each([
        ["say", "config.text"],
        ["say", "config.voice"],
        ["say", "config.translations.de-DE"],
        ["question", "config.quickReplies"],
        ["question", "config.reprompt"],
        ["code", "comment"],
        ["httpRequest", "label"],
    ])("is text for what is said: %s %s", (type, property) => {
        expect(riskOf(type, property)).toBe("text");
    });

    it.each([
        ["case", "config.intent"],
        ["question", "config.entity"],
        ["question", "config.maximum"],
        ["ifThenElse", "config.condition"],
        ["code", "config.source"],
        ["wait", "config.timeoutMs"],
        ["setContext", "config.values.variableName"],
        ["say", "isDisabled"],
        ["capitalise", "config.first"],
    ])("is logic for what is matched, decided, computed and waited for: %s %s", (type, property) => {
        expect(riskOf(type, property)).toBe("logic");
    });

    it.each([
        ["httpRequest", "config.timeoutMs"],
        ["httpRequest", "config.text"],
        ["sendEmail", "config.subject"],
        ["llmPrompt", "config.prompt"],
        ["handover", "config.queue"],
        ["custom", "config.url"],
        ["code", "config.functions"],
        ["say", "config.connectionId"],
    ])("is integration for what reaches other systems: %s %s", (type, property) => {
        expect(riskOf(type, property)).toBe("integration");
    });

    it("of nodes that are put in is that of the riskiest", () => {
        const adding = (...types: string[]) =>
            diffFlows(
                flow(),
                flow({
                    nodes: [...flow().nodes, ...types.map((type, index) => ({ id: `x${index}`, type }))],
                }),
            ).risk;
        expect(adding("say")).toBe("text");
        expect(adding("say", "question")).toBe("logic");
        expect(adding("say", "question", "httpRequest")).toBe("integration");
    });

    it("of a row of nodes that is put in is that of the riskiest in it", () => {
        const adding = (...types: string[]) => {
            const row = types.map((type, index) => ({ id: `x${index}`, type, next: `x${index + 1}` }));
            const { changes } = diffFlows(flow(), flow({ nodes: [...flow().nodes, ...row] }));
            return changes.map(({ kind, nodes, risk }) => `${nodes} ${kind}: ${risk}`);
        };
        expect(adding("say", "message")).toEqual(["2 added: text"]);
        expect(adding("say", "question")).toEqual(["2 added: logic"]);
        expect(adding("say", "httpRequest", "say")).toEqual(["3 added: integration"]);
    });

    it("is told by the innermost name that tells something", () => {
        expect(riskOf("say", "config.text.url")).toBe("integration");
        expect(riskOf("say", "config.url.text")).toBe("text");
    });

    it("of an intent that is new is logic, whatever it says that it is", () => {
        const intent = { id: "book", name: "Book", type: "httpRequest" };
        expect(diffFlows(flow({ intents: [] }), flow({ intents: [intent] })).risk).toBe("logic");
    });

    it("of intents is logic, but for what is written for people; of one that is gone, destructive", () => {
        const intent = { id: "book", name: "Book", description: "Books.", examples: ["book a flight"] };
        const changing = (more: Record<string, unknown>) =>
            diffFlows(flow({ intents: [intent] }), flow({ intents: [{ ...intent, ...more }] })).risk;
        expect(changing({ examples: [] })).toBe("logic");
        expect(changing({ text: "x" })).toBe("logic");
        expect(changing({ description: "Books a flight." })).toBe("text");
        expect(diffFlows(flow({ intents: [intent] }), flow()).risk).toBe("destructive");
    });

    it("of all is the highest; the counts say how many have each", () => {
        const next = flow({ name: "Anew", locale: "de", nodes: flow().nodes.slice(1) });
        expect(diffFlows(flow(), next)).toMatchObject({
            risk: "destructive",
            risks: { text: 1, logic: 1, integration: 0, destructive: 1 },
        });
        expect(diffFlows(flow(), flow())).toMatchObject({ risk: "none", changes: [] });
    });
});
