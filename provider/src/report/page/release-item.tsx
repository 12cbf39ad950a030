import type { Release } from "../report.js";
import { OutcomeBadge, RiskBadge } from "./badges.js";
import { Changes } from "./changes.js";
import { Facts } from "./facts.js";
import { Moment } from "./moment.js";
import { Timeline } from "./timeline.js";

/** One attempted release: a line, and all that is known of it when it is opened. */
export function ReleaseItem({ release }: { release: Release }) {
    const { tag, flow, bot, environment, outcome, at, actor, changelog, reason, risk } = release;
    const good = outcome === "completed" || outcome === "adopted";
    return (
        <details class="release">
            <summary>
                <OutcomeBadge outcome={outcome} />
                <strong class="tag">{tag}</strong>
                <span class="where">
                    {flow} <small>{bot}</small> <span class="to">→ {environment}</span>
                </span>
                <span class="what">{good ? changelog : (reason ?? changelog)}</span>
                <span class="risk">{risk && risk !== "none" && <RiskBadge risk={risk} />}</span>
                <span class="who">{actor}</span>
                <Moment at={at} />
            </summary>
            <div class="release-body">
                <div>
                    {changelog && <p class="changelog">{changelog}</p>}
                    <Timeline steps={release.steps} />
                </div>
                <div>
                    <Changes release={release} />
                    <Facts release={release} />
                </div>
            </div>
        </details>
    );
}
