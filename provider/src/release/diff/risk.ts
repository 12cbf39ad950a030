import type { Risk } from "./change.js";
import { wordsOf } from "./names.js";
import type { GraphNode } from "./node.js";

/** Words in the types of nodes that reach other systems. */
const REACHING = new Set(
    (
        "http https request api rest soap graphql webhook hook connect connector connection integration service " +
        "database db sql mongo mongodb redis storage email mail sms whatsapp crm erp salesforce zendesk handover handoff " +
        "transfer agent llm gpt openai ai knowledge search payment plugin extension function functions lambda trigger"
    ).split(" "),
);

/** Words in the names of properties that say what other system is called, and how. */
const CALLING = new Set(
    (
        "api url uri endpoint host hostname address webhook method headers header body payload connection connections " +
        "credential credentials authorization token secret password certificate function functions model provider queue " +
        "agent extension knowledge"
    ).split(" "),
);

/** Words in the names of properties that hold what people read or hear. */
const SPOKEN = new Set(
    (
        "text texts say says speech message messages prompt question reprompt title subtitle caption placeholder reply replies " +
        "button buttons card cards image images media audio video voice markdown html ssml translation translations template " +
        "greeting wording tooltip alt hint"
    ).split(" "),
);

/** Types of nodes that say something and do nothing else. */
const SAYING = new Set("say message text send output speak prompt card image".split(" "));

/** Properties that are for those who edit the flow. */
const EDITORIAL = new Set(["label", "comment", "commentColor", "name", "description"]);

/** What a change of a property can do. */
export function riskOfProperty(node: GraphNode, path: readonly string[]): Risk {
    const [own = ""] = path;
    if (isElement(node)) {
        return own === "description" ? "text" : "logic";
    }
    if (EDITORIAL.has(own)) {
        return "text";
    }
    if (isReaching(node)) {
        return "integration";
    }
    // The innermost name says most; a place in a list says nothing.
    for (const name of [...path].reverse()) {
        const words = wordsOf(name);
        if (words.some((word) => CALLING.has(word))) {
            return "integration";
        }
        if (words.some((word) => SPOKEN.has(word))) {
            return "text";
        }
    }
    return "logic";
}

/** What nodes can do that were not there before. */
export function riskOfNodes(nodes: readonly GraphNode[]): Risk {
    if (nodes.some(isReaching)) {
        return "integration";
    }
    return nodes.every(isSaying) ? "text" : "logic";
}

/** Whether it is an element of a list of the flow, such as an intent: all that it holds is for matching. */
function isElement({ subject }: GraphNode): boolean {
    return subject !== "node" && subject !== "settings";
}

function isReaching({ subject, type }: GraphNode): boolean {
    return subject === "node" && wordsOf(type).some((word) => REACHING.has(word));
}

function isSaying({ type }: GraphNode): boolean {
    return SAYING.has(type.toLowerCase());
}
