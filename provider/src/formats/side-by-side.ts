import Table from "cli-table3";
import picocolors from "picocolors";
import type { Risk } from "../release/diff/change.js";
import { byRisk, headline, sharedTexts, type Texts, type Told, textsOf, titleOf } from "./texts.js";
import { type Piece, wordPieces } from "./words.js";
import { wrapped } from "./wrap.js";

/** What a terminal can show. */
export interface Terminal {
    /** How many characters a line takes. */
    columns: number;
    colours: boolean;
}

type Paint = ReturnType<typeof picocolors.createColors>;

/** Of longer texts a part is shown; in characters, and in lines. */
const LONGEST_TEXT = 4_000;
const MOST_LINES = 200;
/** A column that is narrower than this cannot be read. */
const NARROWEST = 16;
/** What the frame of two columns takes of a line. */
const FRAME = 7;
/** What a column takes beside its text. */
const PADDING = 2;

const COLOURS = {
    text: "cyan",
    logic: "blue",
    integration: "yellow",
    destructive: "red",
} as const satisfies Record<Risk, keyof Paint>;

/**
 * A comparison for a terminal: each change in a line, and what was said beside what is said now.
 *
 * @param title its heading, such as the flow's name and the two versions.
 */
export function flowDiffSideBySide(diff: Told, title: string, terminal: Terminal): string {
    const paint = picocolors.createColors(terminal.colours);
    const lines = [paint.bold(titleOf(title)), headline(diff)];
    for (const [risk, changes] of byRisk(diff)) {
        lines.push("");
        for (const change of changes) {
            const texts = textsOf(change, LONGEST_TEXT);
            lines.push(`${paint[COLOURS[risk]](risk)}: ${change.line}`);
            lines.push(...(texts ? [columnsOf(texts, terminal, paint)] : []));
        }
    }
    const shared = sharedTexts(diff).map((line) => `${paint.bold("shared")}: ${line}`);
    return `${[...lines, ...(shared.length > 0 ? ["", ...shared] : [])].join("\n")}\n`;
}

function columnsOf({ before, after }: Texts, { columns }: Terminal, paint: Paint): string {
    const width = Math.max(NARROWEST, Math.floor((columns - FRAME) / 2));
    const table = new Table({
        colWidths: [width + PADDING, width + PADDING],
        // No line between rows.
        chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
        style: { head: [], border: [] },
    });
    // How wide a tab is, only the terminal knows.
    const [left, right] = [before, after].map((text) => firstLines(text).replaceAll("\t", "    "));
    const pieces = wordPieces(left as string, right as string);
    const [gone, now] = [side(pieces, "gone", width, paint.red), side(pieces, "new", width, paint.green)];
    const height = Math.max(gone.length, now.length);
    // A row for each line: the time that a cell takes grows with the square of what is in it.
    table.push(...Array.from({ length: height }, (_, line) => [gone[line] ?? "", now[line] ?? ""]));
    return table.toString();
}

function firstLines(text: string): string {
    const lines = text.split("\n");
    return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "…"].join("\n") : text;
}

function side(
    pieces: readonly Piece[],
    kind: Piece["kind"],
    width: number,
    paint: (text: string) => string,
): string[] {
    const own = pieces.filter((piece) => piece.kind === "kept" || piece.kind === kind);
    return wrapped(own, width).map((line) =>
        line.map(({ text, kind: is }) => (is === "kept" ? text : paint(text))).join(""),
    );
}
