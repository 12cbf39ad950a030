import { diffWordsWithSpace } from "diff";

/** A piece of a text that was changed: in both versions, in the old one only, or in the new one only. */
export interface Piece {
    text: string;
    kind: "kept" | "gone" | "new";
}

/** Texts that differ in more words than this are shown as two: nobody would find what they have in common. */
const MOST_EDITS = 200;

/** Compares two texts word by word. The pieces that are not `new` make up the old one, those that are not `gone` the new one. */
export function wordPieces(before: string, after: string): Piece[] {
    const found = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
    if (!found) {
        return [
            { text: before, kind: "gone" },
            { text: after, kind: "new" },
        ];
    }
    return found.map(({ value, added, removed }) => ({
        text: value,
        kind: added ? "new" : removed ? "gone" : "kept",
    }));
}
