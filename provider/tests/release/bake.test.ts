import fc from "fast-check";
import {
    type BakeTally,
    type BakeVerdict,
    bakeFinding,
    bakeProgress,
    countProbe,
    judgeBake,
    NO_PROBES,
    type Probe,
} from "../../src/release/bake.js";

const LIMITS = {
    intervalSeconds: 15,
    successesRequired: 3,
    failuresAllowed: 1,
    errorsAllowed: 2,
    timeoutSeconds: 300,
};

function tallyOf(probes: readonly Probe[]): BakeTally {
    return probes.reduce(countProbe, NO_PROBES);
}

function verdictOn(probes: readonly Probe[], timeLeft = true): BakeVerdict {
    return judgeBake(tallyOf(probes), LIMITS, timeLeft);
}

describe("a bake", () => {
    it("goes on until enough probes in a row are healthy", () => {
        expect(verdictOn([])).toBe("baking");
        expect(verdictOn(["healthy", "healthy"])).toBe("baking");
        expect(verdictOn(["healthy", "healthy", "healthy"])).toBe("healthy");
    });

    it("counts from the beginning after an unhealthy probe", () => {
        expect(verdictOn(["healthy", "healthy", "unhealthy", "healthy"])).toBe("baking");
        expect(verdictOn(["healthy", "healthy", "unhealthy", "healthy", "healthy", "healthy"])).toBe(
            "healthy",
        );
    });

    it("does not count from the beginning after a broken probe, which says nothing of the bot", () => {
        expect(verdictOn(["healthy", "healthy", "error", "healthy"])).toBe("healthy");
    });

    it("fails as soon as there are more unhealthy probes than are allowed", () => {
        expect(verdictOn(["unhealthy"])).toBe("baking");
        expect(verdictOn(["unhealthy", "healthy", "unhealthy"])).toBe("failed");
    });

    it("ends in error as soon as there are more broken probes than are allowed", () => {
        expect(verdictOn(["error", "error"])).toBe("baking");
        expect(verdictOn(["error", "error", "error"])).toBe("error");
    });

    it("is inconclusive when the time is over first", () => {
        expect(verdictOn(["healthy", "healthy"], false)).toBe("inconclusive");
        expect(verdictOn(["healthy", "healthy", "healthy"], false)).toBe("healthy");
        expect(verdictOn(["unhealthy", "unhealthy"], false)).toBe("failed");
    });

    const probes = fc.array(fc.constantFrom<Probe>("healthy", "unhealthy", "error"), { maxLength: 40 });
    const limits = fc.record({
        intervalSeconds: fc.constant(1),
        timeoutSeconds: fc.constant(300),
        successesRequired: fc.integer({ min: 1, max: 8 }),
        failuresAllowed: fc.nat(4),
        errorsAllowed: fc.nat(4),
    });

    it("judges every row of probes as its rules say", () => {
        fc.assert(
            fc.property(probes, limits, fc.boolean(), (seen, allowed, timeLeft) => {
                const count = (probe: Probe) => seen.filter((one) => one === probe).length;
                const telling = seen.filter((one) => one !== "error");
                const inARow = telling.length - 1 - telling.lastIndexOf("unhealthy");
                expect(tallyOf(seen)).toEqual({
                    probes: seen.length,
                    successes: inARow,
                    failures: count("unhealthy"),
                    errors: count("error"),
                });
                const verdict = judgeBake(tallyOf(seen), allowed, timeLeft);
                expect(verdict === "failed").toBe(count("unhealthy") > allowed.failuresAllowed);
                if (verdict === "healthy") {
                    expect(inARow).toBeGreaterThanOrEqual(allowed.successesRequired);
                    expect(count("error")).toBeLessThanOrEqual(allowed.errorsAllowed);
                }
                expect(verdict === "baking" && !timeLeft).toBe(false);
                expect(verdict === "inconclusive" && timeLeft).toBe(false);
            }),
        );
    });

    it("never gets better by an unhealthy probe, nor worse by a healthy one", () => {
        fc.assert(
            fc.property(probes, limits, (seen, allowed) => {
                const before = judgeBake(tallyOf(seen), allowed, true);
                const after = (probe: Probe) => judgeBake(tallyOf([...seen, probe]), allowed, true);
                if (before !== "healthy") {
                    expect(after("unhealthy")).not.toBe("healthy");
                }
                expect(after("healthy") === "failed").toBe(before === "failed");
                expect(after("healthy") === "error").toBe(before === "error");
            }),
        );
    });

    it("comes to an end for any row of probes that is long enough", () => {
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom<Probe>("healthy", "unhealthy", "error"), { minLength: 73 }),
                limits,
                (seen, allowed) => {
                    // At most 4 failures and 4 errors are forgiven, with fewer than 8 healthy probes in a row between them.
                    const verdicts = seen.map((_, index) =>
                        judgeBake(tallyOf(seen.slice(0, index + 1)), allowed, true),
                    );
                    expect(verdicts.some((verdict) => verdict !== "baking")).toBe(true);
                },
            ),
        );
    });
});

describe("what a bake found", () => {
    it.each<[BakeVerdict, Probe[], string]>([
        ["healthy", ["healthy", "healthy", "healthy"], "healthy (3 of 3 probes in a row)"],
        ["failed", ["unhealthy", "healthy", "unhealthy"], "unhealthy (2 failed of 3 probes, 1 allowed)"],
        [
            "error",
            ["error", "error", "healthy", "error"],
            "of unknown health (3 of 4 probes broke, 2 allowed)",
        ],
        ["inconclusive", ["healthy"], "not proved healthy within 300 s (1 of 3 probes in a row)"],
    ])("is told in one clause when it is %s", (verdict, seen, text) => {
        expect(bakeFinding(verdict, tallyOf(seen), LIMITS)).toBe(text);
    });
});

describe("how far a bake is", () => {
    it.each<[Probe[], string]>([
        [["healthy", "healthy"], "bake 2/3 healthy"],
        [["healthy", "unhealthy"], "bake 0/3 healthy; 1 unhealthy, 1 allowed"],
        [["error", "healthy"], "bake 1/3 healthy; 1 broken, 2 allowed"],
        [["unhealthy", "error"], "bake 0/3 healthy; 1 unhealthy, 1 allowed; 1 broken, 2 allowed"],
    ])("after %j is told in one line", (seen, text) => {
        expect(bakeProgress(tallyOf(seen), LIMITS)).toBe(text);
    });
});
