import { Agent } from "undici";
import { systemClock } from "./clock.js";
import { resolveConnection } from "./cognigy/connection.js";
import type { Examination } from "./cognigy/examination.js";
import { examinationOf } from "./cognigy/open-examination.js";
import type { ReadConfig } from "./cognigy/setting.js";
import type { InputProblem } from "./release/inputs.js";

/** A tenant's examination, or what is wrong with the settings of the tenant. */
export type OpenedExamination =
    | { examination: Examination }
    | { problems: [InputProblem, ...InputProblem[]] };

/** How often a call is tried again: somebody sits there and wants to know. */
const RETRIES = 2;

/**
 * Puts together the real examination of a tenant: HTTP, and the machine's clock.
 *
 * @param outage tells people that the platform does not answer.
 */
export function openExamination(
    connectionName: string,
    config: ReadConfig,
    outage: (line: string) => void,
): OpenedExamination {
    const found = resolveConnection(connectionName, config, process.env);
    if ("problems" in found) {
        return found;
    }
    // The bundle has no part for HTTP/2.
    const dispatcher = new Agent({ allowH2: false });
    const parts = { clock: systemClock, random: Math.random, dispatcher, tell: outage, retries: RETRIES };
    return { examination: examinationOf(found.connection, parts) };
}
