import type { Place, Release } from "../report.js";
import { outcomeWord } from "./badges.js";
import { momentText } from "./moment.js";

/** All that a release can be found by, in lower case. */
export function wordsOfRelease(release: Release): string {
    const { bot, flow, environment, tag, outcome, at, actor, run, reason, changelog, changes, risk } =
        release;
    const { contentHash, deploymentId, complianceRef, artifact } = release;
    const names = [tag, flow, bot, environment, outcomeWord(outcome), momentText(at), actor, run];
    const ids = [contentHash, deploymentId, complianceRef, artifact?.sha256];
    return lower([...names, reason, changelog, risk && `${risk} risk`, ...changes, ...ids]);
}

/** All that a place can be found by, in lower case. */
export function wordsOfPlace({ bot, flow, environment, live, last }: Place): string {
    return lower([bot, flow, environment, live?.tag, live?.contentHash, last && outcomeWord(last.outcome)]);
}

/** Whether each word that is looked for is there. */
export function matches(words: string, query: string): boolean {
    return query
        .toLowerCase()
        .split(/\s+/)
        .every((word) => words.includes(word));
}

function lower(texts: readonly (string | undefined)[]): string {
    return texts.filter(Boolean).join("\n").toLowerCase();
}
