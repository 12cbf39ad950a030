import type { Change } from "../release/diff/change.js";
import { byRisk, headline, sharedTexts, type Texts, type Told, textsOf, titleOf } from "./texts.js";
import { type Piece, wordPieces } from "./words.js";

const STYLE = `
.flow-diff { font: 14px/1.5 system-ui, sans-serif; color-scheme: light dark; }
.flow-diff ul { padding: 0; list-style: none; }
.flow-diff li { margin: 0.5em 0; overflow-wrap: anywhere; }
.flow-diff .risk { display: inline-block; min-width: 7em; margin-right: 0.5em; padding: 0 0.5em; border-radius: 3px;
  text-align: center; color: #fff; background: #57606a; }
.flow-diff .logic { background: #0550ae; }
.flow-diff .integration { background: #8a4600; }
.flow-diff .destructive { background: #a40e26; }
.flow-diff .texts { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5em; margin: 0.25em 0 0.75em; }
.flow-diff pre { margin: 0; padding: 0.5em; border: 1px solid #8c959f66; border-radius: 3px; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.flow-diff del { color: inherit; background: #ff818266; text-decoration: line-through; }
.flow-diff ins { color: inherit; background: #4ac26b66; text-decoration: none; }
`;

/**
 * A comparison as a piece of HTML that needs nothing else: no script, no font, no file. It may be put into any page.
 *
 * @param title its heading, such as the flow's name and the two versions.
 */
export function flowDiffHtml(diff: Told, title: string): string {
    const items = [
        ...byRisk(diff).flatMap(([, changes]) => changes.map(itemOf)),
        ...sharedTexts(diff).map((line) => `<li><span class="risk">shared</span>${escaped(line)}</li>`),
    ];
    return [
        '<section class="flow-diff">',
        `<style>${STYLE}</style>`,
        `<h2>${escaped(titleOf(title))}</h2>`,
        `<p>${escaped(headline(diff))}</p>`,
        ...(items.length > 0 ? ["<ul>", ...items, "</ul>"] : []),
        "</section>\n",
    ].join("\n");
}

function itemOf(change: Change): string {
    const { risk, line } = change;
    const texts = textsOf(change);
    return `<li><span class="risk ${risk}">${risk}</span>${escaped(line)}${texts ? sideBySide(texts) : ""}</li>`;
}

function sideBySide({ before, after }: Texts): string {
    const pieces = wordPieces(before, after);
    const side = (kind: Piece["kind"], tag: string) =>
        pieces
            .filter((piece) => piece.kind === "kept" || piece.kind === kind)
            .map(({ text, kind: own }) =>
                own === "kept" ? escaped(text) : `<${tag}>${escaped(text)}</${tag}>`,
            )
            .join("");
    return `<div class="texts"><pre>${side("gone", "del")}</pre><pre>${side("new", "ins")}</pre></div>`;
}

const ENTITIES: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

function escaped(text: string): string {
    return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
