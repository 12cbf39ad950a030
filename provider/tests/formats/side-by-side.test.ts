import fc from "fast-check";
import { flowDiffSideBySide } from "../../src/formats/side-by-side.js";
import { CRM_IN_SUPPORT, greetingDiff, LONG } from "../support/flow-diff.js";

const PLAIN = { columns: 80, colours: false };

/** Characters that take one place each, and others that take none or more. */
const anyText = fc.string({ unit: fc.constantFrom(..."abc \t\n\r\u001b\u0007\u202e\u0085") });

describe("a comparison in a terminal", () => {
    it("has a heading, a count, and a line for each change", () => {
        const diff = greetingDiff("Hello", "Hi", [{ id: "n4", type: "end", label: "Over" }]);
        expect(flowDiffSideBySide(diff, "Booking", PLAIN)).toBe(
            [
                "Booking",
                "2 changes in 2 of 4 nodes: 1 logic, 1 text",
                "",
                "logic: end “Over” added",
                "",
                "text: “Greeting” says “Hello” → “Hi”\n",
            ].join("\n"),
        );
    });

    it("tells last what other flows use too", () => {
        const diff = { ...greetingDiff("Hello", "Hi"), shared: CRM_IN_SUPPORT };
        expect(flowDiffSideBySide(diff, "Booking", PLAIN).split("\n").slice(-4)).toEqual([
            "",
            "shared: external API “crm_lookup” is also used by “Support”",
            "shared: what flow_9 uses could not be seen",
            "",
        ]);
    });

    it("shows long texts beside each other", () => {
        const text = flowDiffSideBySide(greetingDiff(LONG, `Yes. ${LONG}`), "Booking", PLAIN);
        expect(text.split("\n").slice(4, 9)).toEqual([
            "┌──────────────────────────────────────┬──────────────────────────────────────┐",
            "│ I can book a flight for you, or      │ Yes. I can book a flight for you, or │",
            "│ change or cancel one that you have   │ change or cancel one that you have   │",
            "│ booked before.                       │ booked before.                       │",
            "└──────────────────────────────────────┴──────────────────────────────────────┘",
        ]);
    });

    it("colours risks, and the words that differ, where colours are wanted", () => {
        const diff = greetingDiff(LONG, LONG.replace("cancel", "keep"));
        const text = flowDiffSideBySide(diff, "Booking", { columns: 80, colours: true });
        expect(text).toContain("\u001b[36mtext\u001b[39m: ");
        expect(text).toContain("\u001b[31mcancel\u001b[39m");
        expect(text).toContain("\u001b[32mkeep\u001b[39m");
    });

    it("fits the terminal, and moves no cursor, whatever the texts hold", () => {
        fc.assert(
            fc.property(anyText, fc.integer({ min: 40, max: 200 }), (text, columns) => {
                const diff = greetingDiff(LONG, `${LONG} ${text}`);
                const lines = flowDiffSideBySide(diff, text, { columns, colours: false }).split("\n");
                for (const line of lines.filter((one) => /^[┌│└]/.test(one))) {
                    expect(line.length).toBeLessThanOrEqual(columns);
                }
                expect(lines.join("")).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
            }),
        );
    });
});
