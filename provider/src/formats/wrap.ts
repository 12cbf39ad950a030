import type { Piece } from "./words.js";

/** What is on one line: where it begins and ends in the text. */
interface Span {
    start: number;
    end: number;
}

/**
 * Breaks a text into lines that have room for so many characters: between words, and within those that no line has room
 * for. Nothing of it is left out but blanks where a line is broken.
 *
 * @param pieces what the text is made of; each line is made of pieces, too.
 */
export function wrapped(pieces: readonly Piece[], width: number): Piece[][] {
    const text = pieces.map((piece) => piece.text).join("");
    return spansOf(text, width).map((span) => piecesIn(pieces, span));
}

function spansOf(text: string, width: number): Span[] {
    const spans: Span[] = [];
    let start = 0;
    for (const line of text.split("\n")) {
        spans.push(
            ...spansOfLine(line, width).map((span) => ({ start: start + span.start, end: start + span.end })),
        );
        start += line.length + 1;
    }
    return spans;
}

function spansOfLine(line: string, width: number): Span[] {
    const spans: Span[] = [];
    let span = { start: 0, end: 0 };
    let taken = 0;
    for (const { start, text, isBlank } of tokensOf(line, width)) {
        const needed = widthOf(text);
        if (taken + needed > width) {
            spans.push(span);
            // Blanks go where the line is broken.
            const from = isBlank ? start + text.length : start;
            span = { start: from, end: from };
            taken = 0;
            if (isBlank) {
                continue;
            }
        }
        taken += needed;
        span.end = start + text.length;
    }
    return [...spans, span];
}

interface Token {
    start: number;
    text: string;
    isBlank: boolean;
}

/** Blanks and words by turns; a word that is too long for a line in parts. */
function tokensOf(line: string, width: number): Token[] {
    return [...line.matchAll(/\s+|\S+/g)].flatMap(({ 0: run, index }) => {
        const isBlank = run.trim() === "";
        let start = index;
        return partsOf(run, width).map((text) => {
            const token = { start, text, isBlank };
            start += text.length;
            return token;
        });
    });
}

function partsOf(run: string, width: number): string[] {
    if (widthOf(run) <= width) {
        return [run];
    }
    const parts: string[] = [];
    let part = "";
    let taken = 0;
    for (const character of run) {
        const needed = widthOf(character);
        if (taken + needed > width) {
            parts.push(part);
            part = "";
            taken = 0;
        }
        part += character;
        taken += needed;
    }
    return [...parts, part];
}

/** How many places a text takes at most: what is none of the common characters may take two. */
function widthOf(text: string): number {
    let width = 0;
    for (const character of text) {
        width += character <= "\u02ff" ? 1 : 2;
    }
    return width;
}

function piecesIn(pieces: readonly Piece[], { start, end }: Span): Piece[] {
    const found: Piece[] = [];
    let at = 0;
    for (const { text, kind } of pieces) {
        const part = text.slice(Math.max(0, start - at), Math.max(0, end - at));
        if (part !== "") {
            found.push({ text: part, kind });
        }
        at += text.length;
        if (at >= end) {
            break;
        }
    }
    return found;
}
