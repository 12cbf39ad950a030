import { execFileSync } from "node:child_process";
import { accessSync, constants, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryFolder } from "./temporary-folder.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of this machine; undefined where there is none. */
export const browser = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable);

/**
 * Opens a page in the browser and asks it something.
 *
 * @param question an expression in the page's JavaScript.
 * @returns its value, as JSON has it.
 */
export function askPage(html: string, question: string): unknown {
    const folder = temporaryFolder();
    const file = join(folder, "page.html");
    const script = `<script>document.body.dataset.answer = encodeURIComponent(JSON.stringify(${question}))</script>`;
    writeFileSync(file, `<!doctype html><meta charset="utf-8"><body>${html}${script}</body>`);
    const options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${folder}`,
        "--dump-dom",
    ];
    const page = execFileSync(browser ?? NAMES[0] ?? "", [...options, `file://${file}`], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
    });
    return JSON.parse(decodeURIComponent(/data-answer="([^"]*)"/.exec(page)?.[1] ?? "null"));
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
