import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { NewEvent } from "../../src/ledger/event.js";
import { startBrowser } from "../support/browser.js";
import { newEvent, writeLedger } from "../support/ledger.js";
import { bundledReportCommand } from "../support/report-command.js";
import { sampleLedgerText } from "../support/sample-ledger.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 25, 20);
const MEGABYTE = 1_000_000;
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let run: ReturnType<typeof bundledReportCommand>;
/** Of a busy team: 120 releases. */
let sample: string;
/** What somebody wrote who means no good. */
let hostile: string;

jest.setTimeout(60_000);

beforeAll(async () => {
    run = bundledReportCommand();
    sample = pageOf(sampleLedgerText(120, NOW, 200 * DAY));
    hostile = pageOf(hostileLedger());
    browser = await startBrowser();
});
afterAll(async () => {
    await browser?.close();
    removeTemporaryFolders();
});

/** The page's file on a ledger of that text. */
function pageOf(ledger: string, ...options: string[]): string {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, "ledger.jsonl"), join(folder, "report.html")];
    writeFileSync(from, ledger);
    expect(run(["report", "--ledger", from, "--out", to, ...options])).toEqual({
        status: 0,
        stdout: "",
        stderr: "",
    });
    return to;
}

/** A page on the screen, and what the browser complained of. */
async function open(file: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
        complaints.push(dialog.message());
        void dialog.dismiss();
    });
    page.on("request", (request) => {
        if (!/^(file|data):/.test(request.url())) {
            complaints.push(request.url());
        }
    });
    await page.goto(pathToFileURL(file).href);
    if (options.javaScriptEnabled !== false) {
        await page.waitForSelector("html[data-ready]");
    }
    return { page, complaints, close: () => context.close() };
}

interface Violations {
    violations: { id: string; nodes: { html: string }[] }[];
}

const releases = (page: Page) => page.locator("details.release");
const firstRelease = (page: Page) => releases(page).first();

function hostileLedger(): string {
    const evil = `</script><script>alert(1)</script><img src=x onerror="alert(2)">\u202E'"&amp;`;
    const details = { target_environment: evil, deployment_id: evil };
    const event = (action: NewEvent["action"], status: NewEvent["status"], more: object): NewEvent =>
        newEvent(0, {
            bot_id: `${evil}${"bot".repeat(60)}`,
            flow_id: "flow".repeat(60),
            version_tag: evil,
            action,
            status,
            content_hash: evil,
            details: { ...details, ...more },
        });
    const steps = [{ status: "failed", input: evil, expected_intent: evil, actual_intent: "x".repeat(900) }];
    const folder = temporaryFolder();
    const file = join(folder, "ledger.jsonl");
    writeLedger(
        file,
        [
            event("dependency_validation", "failed", {
                checked_count: 1,
                missing_resources: [{ type: evil, id: "id".repeat(200), reference: evil }],
            }),
            event("simulation", "failed", { passed: 0, total: 1, steps }),
            event("deployment_intent", "started", {
                changelog: evil,
                changes: [evil],
                risk: evil,
                break_glass: evil,
            }),
            event("health_check", "failed", {
                summary: evil,
                probes: [{ at: new Date(NOW).toISOString(), result: evil }],
            }),
            event("deployment_execution", "completed", {
                changelog: evil,
                artifact_sha256: evil,
                artifact_path: "path".repeat(100),
            }),
        ].map((one, place) => ({ event: one, at: NOW - DAY + place })),
    );
    return readFileSync(file, "utf8");
}

describe("the page", () => {
    it("asks for nothing, and does nothing that its own policy forbids", async () => {
        const { page, complaints, close } = await open(sample);
        const policy = await page.locator("meta[http-equiv]").getAttribute("content");
        expect(policy).toContain("default-src 'none'");
        expect(policy).not.toContain("unsafe");
        await page.getByLabel("Theme").selectOption("dark");
        expect(complaints).toEqual([]);
        await close();
    });

    it("has what is live where, and leads to the releases of it", async () => {
        const { page, close } = await open(sample);
        const row = page.locator("table.places tbody tr").first();
        await expect(row.locator("th, td").allInnerTexts()).resolves.toEqual([
            "booking bot_1",
            "production",
            expect.stringMatching(/^v1\.\d+\.\d+ ?$/),
            expect.stringMatching(/^2026-\d\d-\d\d \d\d:\d\d \d+ \w+ ago$/),
            expect.stringMatching(/^[0-9a-f]{12}$/),
            expect.stringMatching(/^✓ Went live/),
        ]);
        const tag = (await row.locator("a").innerText()).trim();
        await row.locator("a").click();
        await page.waitForFunction(() => document.querySelectorAll("details.release").length < 25);
        for (const found of await releases(page).allInnerTexts()) {
            expect(found).toMatch(new RegExp(`${tag}[^]*booking bot_1`));
        }
        await close();
    });

    it("opens a release by keyboard: gates, probes, what changed, and where a conversation went", async () => {
        const { page, close } = await open(sample);
        await page.getByLabel("Outcome").selectOption({ label: "Rolled back" });
        await firstRelease(page).locator("> summary").focus();
        await page.keyboard.press("Enter");
        const rolledBack = await firstRelease(page).innerText();
        expect(rolledBack).toMatch(/Dependencies good: \d+ checked/);
        expect(rolledBack).toContain(
            "Bake of the deployment failed: unhealthy (1 failed of 2 probes, 0 allowed)",
        );
        expect(rolledBack).toMatch(/✓\s*healthy\s*\d\d:\d\d:00\s*✕\s*unhealthy\s*\d\d:\d\d:15/);
        expect(rolledBack).toContain("Rollback done");
        expect(rolledBack).toMatch(/Changes\s+△ \w+ risk/);

        await page.getByLabel("Outcome").selectOption({ label: "Blocked" });
        await page.locator("#find").fill("simulated conversations failed");
        await firstRelease(page).locator("> summary").click();
        const cells = firstRelease(page).locator(".conversations tbody tr").first().locator("td");
        await expect(cells.allInnerTexts()).resolves.toEqual([
            "book a flight",
            "book_flight",
            expect.stringMatching(/^✕\s*failed:\s*(handover|no intent)$/),
        ]);
        await close();
    });

    it("is searched and turned over", async () => {
        const { page, close } = await open(sample);
        const shown = page.locator("#releases output");
        expect(await shown.innerText()).toBe("120 of 120");
        expect(await releases(page).count()).toBe(25);
        await page
            .getByRole("navigation", { name: "Pages of releases" })
            .getByRole("button", { name: "Last" })
            .click();
        expect(await releases(page).count()).toBe(20);
        await page.keyboard.press("/");
        await page.keyboard.type("PRODUCTION bot_2");
        const [, found] = /^(\d+) of 120$/.exec(await shown.innerText()) ?? [];
        expect(Number(found)).toBeGreaterThan(0);
        expect(Number(found)).toBeLessThan(25);
        expect(await releases(page).count()).toBe(Number(found));
        await page.locator("#find").fill("nothing has this");
        expect(await page.locator("#releases").innerText()).toContain("No release has all that.");
        await close();
    });

    it("is dark where the reader's screen is, unless the reader says otherwise", async () => {
        const { page, close } = await open(sample, { colorScheme: "dark" });
        const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const dark = await colour();
        await page.getByLabel("Theme").selectOption({ label: "Light" });
        const light = await colour();
        expect(light).not.toBe(dark);
        await page.reload();
        expect(await colour()).toBe(light);
        await page.getByLabel("Theme").selectOption({ label: "Automatic" });
        expect(await colour()).toBe(dark);
        await page.emulateMedia({ colorScheme: "light" });
        expect(await colour()).toBe(light);
        await close();
    });

    it("has nothing that axe-core finds fault with, light on a screen and dark on a phone", async () => {
        const { page, close } = await open(pageOf(sampleLedgerText(18, NOW)), { bypassCSP: true });
        await page.locator(".numbers > summary").click();
        for (const outcome of ["Went live", "Rolled back", "Blocked"]) {
            await page.locator("details.release", { hasText: outcome }).last().locator("> summary").click();
        }
        await page.evaluate(AXE);
        for (const [width, colorScheme] of [
            [1280, "light"],
            [360, "dark"],
        ] as const) {
            await page.setViewportSize({ width, height: 800 });
            await page.emulateMedia({ colorScheme });
            const { violations } = await page.evaluate<Violations>(
                'axe.run({ resultTypes: ["violations"] })',
            );
            const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
            expect({ colorScheme, found }).toEqual({ colorScheme, found: [] });
        }
        await close();
    });

    it.each(["sample", "hostile"])("fits on a phone without scrolling sideways: %s", async (which) => {
        const { page, close } = await open(which === "sample" ? sample : hostile, {
            viewport: { width: 360, height: 740 },
        });
        await firstRelease(page).locator("> summary").click();
        await page.locator(".numbers > summary").click();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        await close();
    });

    it("is printed in light colours, without what only a screen can do", async () => {
        const { page, close } = await open(sample, { colorScheme: "dark" });
        await page.emulateMedia({ media: "print" });
        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
            "rgb(255, 255, 255)",
        );
        for (const hidden of ["#find", "#theme", ".pager button >> nth=0"]) {
            expect(await page.locator(hidden).isVisible()).toBe(false);
        }
        expect(await page.getByText("Page 1 of 5").last().isVisible()).toBe(true);
        const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
        expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThan(6);
        await close();
    });

    it("shows hostile texts as they are, and runs none of them", async () => {
        const { page, complaints, close } = await open(hostile);
        await firstRelease(page).locator("> summary").click();
        expect(await page.locator("img, script:not(head script, body > script)").count()).toBe(0);
        expect(await firstRelease(page).locator(".changes li").innerText()).toBe(
            `</script><script>alert(1)</script><img src=x onerror="alert(2)">\uFFFD'"&amp;`,
        );
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
        expect(complaints).toEqual([]);
        await close();
    });

    it("can be read without its script", async () => {
        const { page, close } = await open(sample, { javaScriptEnabled: false });
        expect(await releases(page).count()).toBe(25);
        const text = await page.locator("body").innerText();
        expect(text).toContain("The newest 25 of 120.");
        expect(await page.locator("#find").isVisible()).toBe(false);
        await firstRelease(page).locator("> summary").click();
        expect(await firstRelease(page).innerText()).toContain("Dependencies");
        await close();
    });

    it("says first that the ledger was altered, and where", async () => {
        const text = sampleLedgerText(3, NOW).replace('"checked_count":', '"checked_count":9');
        const { page, close } = await open(pageOf(text));
        expect(await page.getByRole("alert").innerText()).toMatch(
            /The ledger was altered: line 1 was altered: its hash is not that of what it says\.\s+Nothing before that is good\./,
        );
        await close();
    });

    it("says so where there is nothing yet", async () => {
        const { page, complaints, close } = await open(pageOf(""));
        const text = await page.locator("main").innerText();
        expect(text).toContain("Nothing was released yet.");
        expect(text).toContain("No release in this time.");
        expect(complaints).toEqual([]);
        await close();
    });

    it("stays under 5 MB with 5,000 releases, and finds each of them", async () => {
        const ledger = sampleLedgerText(5_000, NOW, 730 * DAY);
        const [, hash] = /"content_hash":"sha256:([0-9a-f]{64})"/.exec(ledger) ?? [];
        const file = pageOf(ledger);
        expect(statSync(file).size).toBeLessThan(5 * MEGABYTE);
        const { page, close } = await open(file);
        await page.locator("#find").fill(String(hash));
        expect(await page.locator("#releases output").innerText()).toBe("1 of 5,000");
        await close();
    });
});
