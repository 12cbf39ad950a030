import type { Report } from "../doctor.js";
import { tally } from "./tally.js";

/** The findings for programs. */
export function findingsJson({ examination: { api, address }, findings }: Report): string {
    return JSON.stringify({ api, address, summary: tally(findings), findings }, null, 2);
}
