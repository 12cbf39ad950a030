import type { Chain, Outcome, Place, Release, Report } from "./report.js";

/** Longer lists are cut, with a count. */
const MOST_PLACES = 20;
const MOST_RELEASES = 10;
const MOST_FAILURES = 5;
/** A longer text is cut. */
const LONGEST_TEXT = 200;

const OUTCOMES: Readonly<Record<Outcome, string>> = {
    completed: "✅ went live",
    adopted: "✅ adopted",
    rolled_back: "↩️ rolled back",
    failed: "❌ failed",
    blocked: "⛔ blocked",
    in_progress: "⏳ in progress",
    previewed: "👀 previewed",
};

/** The short of a report, for a comment on a pull request. */
export function markdownOf({ bot, chain, places, releases }: Report): string {
    const live = places.filter((place) => place.live);
    const failures = releases.filter(({ outcome }) => FAILED.includes(outcome));
    return [
        `### Releases${bot === undefined ? "" : ` of ${plain(bot)}`}`,
        "",
        chainText(chain),
        "",
        "**Live**",
        "",
        ...table(
            ["Flow", "Environment", "Version", "Since (UTC)", "Last attempt"],
            live.map(placeRow),
            MOST_PLACES,
        ),
        "",
        "**Last releases**",
        "",
        ...table(
            ["Outcome", "Version", "Flow", "Environment", "When (UTC)", "By"],
            releases.map(releaseRow),
            MOST_RELEASES,
        ),
        ...(failures.length === 0
            ? []
            : ["", "**Last failures**", "", ...failures.slice(0, MOST_FAILURES).map(failureLine)]),
        "",
    ].join("\n");
}

const FAILED: readonly Outcome[] = ["rolled_back", "failed", "blocked"];

function chainText({ events, fault }: Chain): string {
    return fault === undefined
        ? `✅ The ledger is what was written: ${events} events, one unbroken chain.`
        : `❌ **The ledger was altered:** ${plain(fault)} The ${events} events before that are good.`;
}

function table(head: string[], rows: string[][], most: number): string[] {
    if (rows.length === 0) {
        return ["Nothing."];
    }
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const more = rows.length - most;
    return [
        line(head),
        line(head.map(() => "---")),
        ...rows.slice(0, most).map(line),
        ...(more > 0 ? ["", `… and ${more} more.`] : []),
    ];
}

function placeRow({ bot, flow, environment, live, last }: Place): string[] {
    const health = live?.health === "healthy" ? "" : ` (${live?.health})`;
    return [
        `${plain(flow)} (${plain(bot)})`,
        plain(environment),
        `**${plain(live?.tag ?? "")}**${health}`,
        moment(live?.since ?? 0),
        last ? `${outcomeText(last.outcome)} ${plain(last.tag)}` : "",
    ];
}

function releaseRow({ outcome, tag, flow, bot, environment, at, actor }: Release): string[] {
    const where = `${plain(flow)} (${plain(bot)})`;
    return [outcomeText(outcome), plain(tag), where, plain(environment), moment(at), plain(actor)];
}

function failureLine({ outcome, tag, flow, environment, reason, steps }: Release): string {
    const findings = steps.flatMap((step) =>
        step.kind === "simulation"
            ? step.conversations
                  .filter(({ passed }) => !passed)
                  .map(
                      ({ input, expected, actual }) =>
                          `“${input}” should reach ${expected}, reached ${actual ?? "no intent"}`,
                  )
            : step.kind === "dependencies"
              ? step.problems
              : [],
    );
    const why = [reason ?? "no reason given", ...findings.slice(0, 3)].map(plain).join("; ");
    return `- ${outcomeText(outcome)}: **${plain(tag)}** of ${plain(flow)} to ${plain(environment)}: ${why}`;
}

function outcomeText(outcome: Outcome): string {
    return OUTCOMES[outcome] ?? plain(outcome);
}

function moment(at: number): string {
    return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

/** A text without any meaning for Markdown, HTML or a mention of people and issues: one line, and not too long. */
function plain(text: string): string {
    const line = text.replace(/\s+/g, " ");
    const short = line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line;
    return short.replace(/[\\`*_[\]<>#|~&$]/g, "\\$&").replace(/@/g, "@\u2060");
}
