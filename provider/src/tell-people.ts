import { plainText } from "./release/plain-text.js";

/** Tells people how far a release is, in one line: the engine shows what its provider prints. */
export function tellPeople(line: string): void {
    surviveClosedOutput();
    console.log(`cognigy: ${plainText(line.replace(/\s+/g, " "))}`);
}

/**
 * When the engine is gone nobody reads what is said, and each line would raise an error, whose report raises the next. A
 * release that is on its way goes on to its end all the same.
 */
function surviveClosedOutput(): void {
    for (const stream of [process.stdout, process.stderr]) {
        if (!stream.listeners("error").includes(ignore)) {
            stream.on("error", ignore);
        }
    }
}

function ignore(): void {}
