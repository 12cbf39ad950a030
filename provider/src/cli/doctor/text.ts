import pico from "picocolors";
import { type Finding, VERDICTS, type Verdict } from "../../cognigy/examination.js";
import { plainText } from "../../release/plain-text.js";
import type { Report } from "../doctor.js";
import { tally } from "./tally.js";

const COLOURS: Record<Verdict, (text: string) => string> = {
    ok: pico.green,
    warning: pico.yellow,
    "will not work": pico.red,
    "not known": pico.dim,
};
/** Verdicts stand above each other. */
const WIDTH = Math.max(...VERDICTS.map(({ length }) => length));

/** The findings for people: a line each, under what they belong to. */
export function findingsText({ examination: { api, address }, findings }: Report): string {
    const lines = [`${address}, ${api === "bots" ? "the bots API" : "the Cognigy.AI API"}`];
    let area = "";
    for (const finding of findings) {
        if (finding.area !== area) {
            area = finding.area;
            lines.push("", plainText(area));
        }
        lines.push(lineOf(finding));
    }
    const counts = tally(findings);
    return [...lines, "", VERDICTS.map((verdict) => `${counts[verdict]} ${verdict}`).join(", ")].join("\n");
}

function lineOf({ verdict, found, advice }: Finding): string {
    const told = plainText(advice === undefined ? found : `${found}. ${advice}`).replace(/\s+/g, " ");
    return `  ${COLOURS[verdict](verdict.padEnd(WIDTH))}  ${told}`;
}
