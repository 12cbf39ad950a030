import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../scripts/lib/root.mjs";

const require = createRequire(import.meta.url);

const RELEASES = 5000;
const DAY = 86_400_000;
const TRIES = 5;
/** Milliseconds. */
const TARGET = 2000;
const MEGABYTE = 1_000_000;

/**
 * Opens the report of a ledger with 5,000 releases in a real browser: until the newest ones can be read, and until all can
 * be searched. The median of a few tries, each with a browser that has not seen the page.
 *
 * @param {string} folder For what is written on the way.
 */
export async function report(folder) {
    const { sampleLedgerText } = await fromTests("sample-ledger", folder);
    const { startBrowser } = await fromTests("browser", folder);
    const [ledger, page] = [join(folder, "report-ledger.jsonl"), join(folder, "report.html")];
    writeFileSync(ledger, sampleLedgerText(RELEASES, Date.UTC(2026, 10, 25), 730 * DAY));
    const command = join(root, "provider", "bin", "cognigy-release.js");
    const written = performance.now();
    execFileSync(process.execPath, [command, "report", "--ledger", ledger, "--out", page]);
    const writing = performance.now() - written;
    const tries = [];
    for (let index = 0; index < TRIES; index += 1) {
        tries.push(await opened(startBrowser, pathToFileURL(page).href));
    }
    const readable = median(tries.map((one) => one.readable));
    const searchable = median(tries.map((one) => one.searchable));
    const bytes = statSync(page).size;
    const text = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
    return {
        work: `open the report of ${RELEASES} releases in Chromium`,
        measured: `read after ${text(readable)}, searched after ${text(searchable)}; ${(bytes / MEGABYTE).toFixed(1)} MB`,
        target: `searched within ${TARGET / 1000} s; under 5 MB`,
        met: searchable < TARGET && bytes < 5 * MEGABYTE,
        milliseconds: {
            writing: Math.round(writing),
            readable: Math.round(readable),
            searchable: Math.round(searchable),
        },
        bytes,
    };
}

async function opened(startBrowser, address) {
    const browser = await startBrowser();
    try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        const began = performance.now();
        await page.goto(address, { waitUntil: "commit" });
        await page.locator("details.release").first().waitFor();
        const readable = performance.now() - began;
        await page.waitForSelector("html[data-ready]");
        return { readable, searchable: performance.now() - began };
    } finally {
        await browser.close();
    }
}

/** What the tests have for this, too. */
async function fromTests(name, folder) {
    const outfile = join(folder, `${name}.cjs`);
    await build({
        entryPoints: [join(root, "provider", "tests", "support", `${name}.ts`)],
        bundle: true,
        platform: "node",
        format: "cjs",
        outfile,
        logLevel: "warning",
        // Found from where the tests are.
        plugins: [
            {
                name: "playwright-core",
                setup({ onResolve }) {
                    onResolve({ filter: /^playwright-core$/ }, ({ path }) => ({
                        path: require.resolve(path),
                        external: true,
                    }));
                },
            },
        ],
    });
    return require(outfile);
}

function median(values) {
    return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
