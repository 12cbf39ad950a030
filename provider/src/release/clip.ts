/** A text of at most so many characters: what is longer is cut, and ends in an ellipsis. */
export function clip(text: string, most: number): string {
    return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
