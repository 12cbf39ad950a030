/**
 * Tells whether a JSON text has more levels of lists and objects than allowed, without building any of them.
 *
 * @param levels the most that is allowed.
 */
export function nestsDeeper(text: string, levels: number): boolean {
    let level = 0;
    for (let at = 0; at < text.length; at += 1) {
        switch (text[at]) {
            case '"':
                at = endOfString(text, at);
                break;
            case "[":
            case "{":
                level += 1;
                if (level > levels) {
                    return true;
                }
                break;
            case "]":
            case "}":
                level -= 1;
                break;
            default:
        }
    }
    return false;
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
