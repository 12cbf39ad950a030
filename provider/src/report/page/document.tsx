import type { Report } from "../report.js";
import { Chain } from "./chain.js";
import { Moment } from "./moment.js";
import { Places } from "./places.js";
import { Releases } from "./releases.js";
import { Trend } from "./trend.js";

/** What a page is made of, beside what it tells. */
export interface Parts {
    styles: string;
    /** Runs before anything is drawn. */
    themeScript: string;
    script: string;
    /** The report as the script reads it. */
    data: string;
    /** What the page may do: its own styles and scripts, and nothing else. */
    policy: string;
}

/** The whole page. */
export function Document({ report, parts }: { report: Report; parts: Parts }) {
    const { bot, ledger, madeAt, since, chain, places, releases, trend } = report;
    return (
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content={parts.policy} />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="generator" content="pulumi-cognigy" />
                <link rel="icon" href="data:," />
                <title>{`Releases${bot === undefined ? "" : ` of ${bot}`}, ${new Date(madeAt).toISOString().slice(0, 10)}`}</title>
                <style dangerouslySetInnerHTML={{ __html: parts.styles }} />
                <script dangerouslySetInnerHTML={{ __html: parts.themeScript }} />
            </head>
            <body>
                <a class="skip" href="#releases-title">
                    Go to the releases
                </a>
                <header>
                    <div>
                        <h1>Releases{bot === undefined ? "" : ` of ${bot}`}</h1>
                        <p class="muted">
                            <span class="ledger">{ledger}</span>
                            {since !== undefined && (
                                <>
                                    , since <Moment at={since} />
                                </>
                            )}
                            , as of <Moment at={madeAt} />. All times are UTC.
                        </p>
                    </div>
                    <label class="theme">
                        Theme
                        <select id="theme">
                            <option value="">Automatic</option>
                            <option value="light">Light</option>
                            <option value="dark">Dark</option>
                        </select>
                    </label>
                </header>
                <main>
                    <Chain chain={chain} />
                    <section aria-labelledby="places-title">
                        <h2 id="places-title">What is live</h2>
                        <div id="places">
                            <Places places={places} madeAt={madeAt} />
                        </div>
                    </section>
                    <section aria-labelledby="trend-title">
                        <h2 id="trend-title">How releases go</h2>
                        <Trend trend={trend} />
                    </section>
                    <section aria-labelledby="releases-title">
                        <h2 id="releases-title" tabIndex={-1}>
                            All releases
                        </h2>
                        <div id="releases">
                            <Releases releases={releases} />
                        </div>
                    </section>
                </main>
                <footer class="muted">
                    Made by pulumi-cognigy with Preact (MIT) and Apache ECharts (Apache-2.0).
                </footer>
                <script type="application/gzip" id="data" dangerouslySetInnerHTML={{ __html: parts.data }} />
                <script dangerouslySetInnerHTML={{ __html: parts.script }} />
            </body>
        </html>
    );
}
