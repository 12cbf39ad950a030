import fc from "fast-check";
import { flowDiffMarkdown } from "../../src/formats/markdown.js";
import { CRM_IN_SUPPORT, greetingDiff, LONG } from "../support/flow-diff.js";

describe("a comparison in Markdown", () => {
    it("has a heading, a count, and the changes of each risk", () => {
        const diff = greetingDiff("Hello", "Hi", [{ id: "n4", type: "end", label: "Over" }]);
        expect(flowDiffMarkdown(diff, "Booking")).toBe(
            [
                "### Booking",
                "2 changes in 2 of 4 nodes: 1 logic, 1 text",
                "**logic**",
                "- end “Over” added",
                "**text**",
                "- “Greeting” says “Hello” → “Hi”\n",
            ].join("\n\n"),
        );
    });

    it("tells what other flows use too, each resource in a line, whatever else is cut", () => {
        const diff = { ...greetingDiff("Hello", "Hi"), shared: CRM_IN_SUPPORT };
        const shared = [
            "**shared**",
            "- external API “crm\\_lookup” is also used by “Support”",
            "- what flow\\_9 uses could not be seen\n",
        ].join("\n\n");
        const markdown = flowDiffMarkdown(diff, "Booking");
        expect(markdown).toContain(`“Hello” → “Hi”\n\n${shared}`);
        const [change] = diff.changes;
        const changes = Array.from({ length: 5000 }, () => change as NonNullable<typeof change>);
        const cut = flowDiffMarkdown({ ...diff, changes }, "Booking");
        expect(cut).toMatch(/… and \d+ more\n\n\*\*shared/);
        expect(cut.trimEnd().endsWith(shared.trimEnd())).toBe(true);
        expect(cut.length).toBeLessThan(61_000);
    });

    it("counts more than 20 resources that other flows use too", () => {
        const resources = Array.from({ length: 30 }, (_, index) => ({
            resourceType: "intent",
            resourceId: `i${index}`,
            flows: [{ flowId: "flow" }],
        }));
        const diff = { ...greetingDiff("Hello", "Hi"), shared: { resources, unseen: [] } };
        const markdown = flowDiffMarkdown(diff, "Booking");
        expect(markdown).toContain("“i19” is also used by flow\n\n… and 10 more\n");
        expect(markdown).not.toContain("“i20”");
    });

    it("says so where nothing changes", () => {
        expect(flowDiffMarkdown(greetingDiff("Hi", "Hi"), "Booking")).toBe("### Booking\n\nNo change\n");
    });

    it("shows long texts as a patch", () => {
        expect(flowDiffMarkdown(greetingDiff(LONG, `${LONG} Or not.`), "Booking")).toContain(
            ["  ```diff", `  -${LONG}`, `  +${LONG} Or not.`, "  ```"].join("\n"),
        );
    });

    it("shows of a long text the lines that differ, with a few around them", () => {
        const lines = (changed: number) =>
            Array.from({ length: 20 }, (_, line) => `line ${line}${line === changed ? "!" : ""}`);
        const markdown = flowDiffMarkdown(greetingDiff(lines(-1).join("\n"), lines(9).join("\n")), "Booking");
        expect(markdown).toContain(
            ["   line 7", "   line 8", "  -line 9", "  +line 9!", "   line 10", "   line 11", "  ```"].join(
                "\n",
            ),
        );
        expect(markdown).not.toContain(" line 12\n");
    });

    it("lets nothing of a flow end the block that it stands in", () => {
        const markdown = flowDiffMarkdown(greetingDiff(LONG, `${LONG}\n\`\`\`\`\n# Approved`), "Booking");
        expect(markdown).toContain("  `````diff\n");
        expect(markdown).toMatch(/\n {2}\+# Approved\n {2}`````\n$/);
    });

    it("lets nothing of a flow be markup or a mention", () => {
        const diff = greetingDiff("x", "y", [{ id: "n4", label: "# <b>@all</b> [x](y) #1 `z` *a* $a$" }]);
        expect(flowDiffMarkdown(diff, "@all")).toContain("### @<!-- -->all");
        expect(flowDiffMarkdown(diff, "")).toContain(
            "“# \\<b\\>@<!-- -->all\\</b\\> \\[x\\](y) #<!-- -->1 \\`z\\` \\*a\\* $<!-- -->a$” added",
        );
    });

    it("never has a line that begins like markup, but for its own", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (label) => {
                const diff = greetingDiff("Hi", "Hi", [{ id: "n4", label }]);
                for (const line of flowDiffMarkdown(diff, "Booking").split("\n").slice(6)) {
                    expect(line).toMatch(/^(- [^-+*>#=`]*|)/);
                    expect(line).not.toMatch(/(^|[^\\])[`<*_[\]|~]/);
                }
            }),
        );
    });

    it("is cut where a comment takes no more, with a count", () => {
        const many = Array.from({ length: 5000 }, (_, index) => ({
            id: `x${index}`,
            label: `Node ${index}`,
        }));
        const markdown = flowDiffMarkdown(greetingDiff("Hello", "Hi", many), "Booking");
        expect(markdown.length).toBeLessThan(65_536);
        expect(markdown).toMatch(/\n\n… and \d{4} more\n\n$/);
    });
});
