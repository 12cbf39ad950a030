/** What a finding means for releases. `not known`: it cannot be told without changing something on the platform. */
export const VERDICTS = ["ok", "warning", "will not work", "not known"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One thing that was looked at. */
export interface Finding {
    /** What it belongs to, such as `tenant`, or a project with its name. */
    area: string;
    /** What was looked at, for programs: a word such as `credentials`. */
    check: string;
    verdict: Verdict;
    /** What was found: a sentence without its full stop. */
    found: string;
    /** What to do, in whole sentences; left out where there is nothing to do. */
    advice?: string;
    /** What it is about, where that has a name. */
    subject?: Subject;
}

/** Something on the platform, and how a program names it. */
export interface Subject {
    /** Such as `flow`. */
    kind: string;
    id: string;
    name?: string;
    /** The id that stays the same in copies, where the platform has two. */
    referenceId?: string;
}

/** A finding whose area is told later. */
export type Found = Omit<Finding, "area">;

/** Looks at a tenant as releases will use it. Changes nothing there: it sends GET alone, and what gets it a token. */
export interface Examination {
    /** The dialect, as `cognigy:api` names it. */
    readonly api: string;
    /** The platform's address, without credentials. */
    readonly address: string;
    /**
     * @param botId the bot that is looked at; left out: the only one, where the platform can list them.
     * @throws PlatformError of the kind `unavailable` where the platform does not answer at all.
     */
    findings(botId?: string): Promise<Finding[]>;
}

/** Everything has an area; what belongs to one place is told together. */
export function inArea(area: string, findings: readonly Found[]): Finding[] {
    return findings.map((finding) => ({ area, ...finding }));
}
