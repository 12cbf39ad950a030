import fc from "fast-check";
import type { Browser } from "playwright-core";
import { flowDiffHtml } from "../../src/formats/html.js";
import { startBrowser } from "../support/browser.js";
import { CRM_IN_SUPPORT, greetingDiff, LONG } from "../support/flow-diff.js";

const TAGS = /<\/?(?:section|style|h2|p|ul|li|span|div|pre|del|ins)(?: class="[a-z -]+")?>/g;
const HOSTILE = `</pre></style><img src="x" onerror="document.title = 'taken'"><script>document.title = "taken"</script>'&amp;`;

describe("a comparison in HTML", () => {
    it("has a heading, a count, and the changes with their risks", () => {
        const html = flowDiffHtml(greetingDiff("Hello", "Hi"), "Booking & more");
        expect(html).toContain("<h2>Booking &amp; more</h2>\n<p>1 change in 1 of 3 nodes: 1 text</p>");
        expect(html).toContain('<li><span class="risk text">text</span>“Greeting” says “Hello” → “Hi”</li>');
    });

    it("tells last what other flows use too", () => {
        const html = flowDiffHtml({ ...greetingDiff("Hello", "Hi"), shared: CRM_IN_SUPPORT }, "Booking");
        expect(html).toContain(
            '<li><span class="risk">shared</span>external API “crm_lookup” is also used by “Support”</li>\n' +
                '<li><span class="risk">shared</span>what flow_9 uses could not be seen</li>\n</ul>',
        );
    });

    it("has no list where nothing changes", () => {
        const html = flowDiffHtml(greetingDiff("Hi", "Hi"), "Booking");
        expect(html).toContain("<p>No change</p>\n</section>");
    });

    it("shows long texts beside each other, with the words that differ", () => {
        const html = flowDiffHtml(greetingDiff(LONG, LONG.replace("flight", "train")), "Booking");
        expect(html).toContain("<pre>I can book a <del>flight</del> for you");
        expect(html).toContain("<pre>I can book a <ins>train</ins> for you");
    });

    it("holds no markup but its own, whatever the flow holds", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (label, text) => {
                const diff = greetingDiff(LONG, `${LONG}<b>${text}`, [{ id: "n4", label: `<i>${label}` }]);
                expect(flowDiffHtml(diff, `<u>${label}`).replace(TAGS, "")).not.toMatch(/[<>]/);
            }),
        );
    });

    describe("in a browser", () => {
        let browser: Browser;
        beforeAll(async () => {
            browser = await startBrowser();
        }, 60_000);
        afterAll(() => browser.close());

        it("is laid out, and runs nothing", async () => {
            const diff = greetingDiff(LONG, `${LONG}${HOSTILE}`, [{ id: "n4", label: HOSTILE }]);
            const page = await browser.newPage();
            await page.setContent(`<!doctype html><body>${flowDiffHtml(diff, HOSTILE)}</body>`);
            const found: unknown = await page.evaluate(`({
                title: document.title,
                elements: document.querySelectorAll("img, script, .flow-diff style ~ style").length,
                changes: document.querySelectorAll(".flow-diff li").length,
                said: document.querySelectorAll(".flow-diff pre")[1].textContent,
                columns: getComputedStyle(document.querySelector(".texts")).gridTemplateColumns.split(" ").length,
                fits: document.documentElement.scrollWidth <= innerWidth,
            })`);
            expect(found).toEqual({
                title: "",
                elements: 0,
                changes: 2,
                said: `${LONG}${HOSTILE}`,
                columns: 2,
                fits: true,
            });
        });
    });
});
