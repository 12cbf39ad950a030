/** How much a JSON text may hold. */
export interface Extent {
    /** Levels of lists and objects. */
    levels: number;
    /** Values, those of lists and objects too. */
    values: number;
}

/**
 * Tells what of it a JSON text has too much of, without building any of it: a text of some megabytes can stand for
 * gigabytes of small objects, and for more levels than a stack has.
 */
export function excessOf(text: string, most: Extent): keyof Extent | undefined {
    let level = 0;
    // The outermost value; and one for each comma, and for each list or object, were it empty.
    let values = 1;
    for (let at = 0; at < text.length; at += 1) {
        switch (text[at]) {
            case '"':
                at = endOfString(text, at);
                break;
            case "[":
            case "{":
                level += 1;
                values += 1;
                break;
            case "]":
            case "}":
                level -= 1;
                break;
            case ",":
                values += 1;
                break;
            default:
        }
        if (level > most.levels) {
            return "levels";
        }
        if (values > most.values) {
            return "values";
        }
    }
    return undefined;
}

/** Where a string ends that begins at `start`; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
    let end = text.indexOf('"', start + 1);
    while (end !== -1 && isEscaped(text, end)) {
        end = text.indexOf('"', end + 1);
    }
    return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
    let first = at;
    while (text[first - 1] === "\\") {
        first -= 1;
    }
    return (at - first) % 2 === 1;
}
