import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { renderToString } from "preact-render-to-string";
import type { Report } from "../report.js";
import { Document } from "./document.js";
import styles from "./styles.css";

/** Right at the beginning, so that nothing is drawn in the wrong colours. */
const THEME_SCRIPT = 'try{document.documentElement.dataset.theme=localStorage.getItem("theme")??""}catch{}';

/**
 * A report as one HTML page that needs nothing else: no network, and no script to be read.
 *
 * @param script what makes it searchable, as `build.mjs` bundles it.
 */
export function pageOf(report: Report, script: string): string {
    const { places, releases, madeAt } = report;
    const policy = [
        "default-src 'none'",
        "img-src data:",
        `style-src ${hashOf(styles)}`,
        `script-src ${[THEME_SCRIPT, script].map(hashOf).join(" ")}`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
    const data = gzipSync(JSON.stringify({ places, releases, madeAt }), { level: 9 }).toString("base64");
    const parts = { styles, themeScript: THEME_SCRIPT, script, data, policy };
    return `<!doctype html>\n${renderToString(<Document report={report} parts={parts} />)}\n`;
}

function hashOf(text: string): string {
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
