/** How many histories it may take at most to see that a build is broken. */
const ENOUGH = 400;

jest.setTimeout(300_000);

/** Builds of which one part is broken. */
const BROKEN: { what: string; breaks: number; module: string; breakIt: (real: never) => object }[] = [
    {
        what: "does not look whether the content is still what was validated",
        breaks: 1,
        module: "../../src/pipeline/gate.js",
        breakIt: (real: typeof import("../../src/pipeline/gate.js")) => ({
            evidenceFor: (...[pipeline, inputs]: Parameters<typeof real.evidenceFor>) =>
                real.evidenceFor(pipeline, inputs),
            expectUnchanged: (...[pipeline, inputs]: Parameters<typeof real.expectUnchanged>) =>
                pipeline.platform.flow(inputs),
        }),
    },
    {
        what: "sends a deployment whose answer was lost again without looking it up",
        breaks: 8,
        module: "../../src/pipeline/deploy.js",
        breakIt: () => ({
            startDeployment: async (
                ...[{ platform }, request]: Parameters<
                    typeof import("../../src/pipeline/deploy.js").startDeployment
                >
            ) => {
                const again = () => platform.deploy(request);
                return platform.deploy(request).catch(again).catch(again);
            },
        }),
    },
    {
        what: "forgets to write down what it is about to do",
        breaks: 6,
        module: "../../src/pipeline/record.js",
        breakIt: (real: typeof import("../../src/pipeline/record.js")) => ({
            record: async (...args: Parameters<typeof real.record>) =>
                args[2] === "deployment_intent" ? undefined : real.record(...args),
        }),
    },
    {
        what: "does not roll back inside a freeze",
        breaks: 9,
        module: "../../src/pipeline/rollback.js",
        breakIt: (real: typeof import("../../src/pipeline/rollback.js")) => ({
            rollBack: async (...args: Parameters<typeof real.rollBack>) => {
                if (args[0].freezeWindows.length === 0) {
                    await real.rollBack(...args);
                }
            },
        }),
    },
    {
        what: "keeps a release without a look at its health",
        breaks: 11,
        module: "../../src/pipeline/health-check.js",
        breakIt: () => ({
            checkHealth: async () => ({
                health: { verdict: "healthy", probes: 1, failures: 0, errors: 0 },
                finding: "healthy",
                seen: [],
            }),
        }),
    },
    {
        what: "forgets which content was rolled back",
        breaks: 4,
        module: "../../src/pipeline/history.js",
        breakIt: (real: typeof import("../../src/pipeline/history.js")) => ({
            contentHistory: async (...args: Parameters<typeof real.contentHistory>) => ({
                proven: (await real.contentHistory(...args)).proven,
            }),
        }),
    },
];

afterEach(() => {
    for (const { module } of BROKEN) {
        jest.dontMock(module);
    }
    jest.resetModules();
});

test.each(BROKEN)("a build that $what is found out by the histories", async ({ module, breakIt, breaks }) => {
    jest.doMock(module, () => {
        const real = jest.requireActual(module);
        return { ...real, ...breakIt(real as never) };
    });
    const { closeEmulators, firstBreak } = require("./play.js") as typeof import("./play.js");
    try {
        for (let seed = 1; seed <= ENOUGH; seed += 1) {
            const found = await firstBreak(seed, { endOnFailure: true });
            if (found) {
                expect(found.error).toMatchObject({ invariant: breaks });
                return;
            }
        }
    } finally {
        await closeEmulators();
    }
    throw new Error(`${ENOUGH} histories hold all the same`);
});
