import { project } from "../../src/cognigy/ai/answers.js";
import type { AiApi } from "../../src/cognigy/ai/api.js";
import { type Binding, bindingsIn, deploymentIdOf } from "../../src/cognigy/ai/binding.js";
import { bindingOf, type EnvironmentBook } from "../../src/cognigy/ai/environments.js";
import type { SideMaker } from "./platform-side.js";

/** How many histories it may take at most to see that a build is broken. */
const ENOUGH = 400;

jest.setTimeout(300_000);

/** A build of which one part is broken. */
interface BrokenBuild {
    what: string;
    /** The dialect that its histories are played on. */
    api: SideMaker["api"];
    /** The invariant. */
    breaks: number;
    module: string;
    breakIt: (real: never) => object;
}

/** A class of which also that may be replaced which is its own. */
function open(parent: object) {
    return parent as new (
        ...parts: never[]
    ) => object;
}

/** Writes down everything but what it is about to do. */
const forgetsIntents = (real: typeof import("../../src/pipeline/record.js")) => ({
    record: async (...args: Parameters<typeof real.record>) =>
        args[2] === "deployment_intent" ? undefined : real.record(...args),
});

const BROKEN: BrokenBuild[] = [
    {
        what: "does not look whether the content is still what was validated",
        api: "bots",
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
        api: "bots",
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
        api: "bots",
        breaks: 6,
        module: "../../src/pipeline/record.js",
        breakIt: forgetsIntents,
    },
    {
        what: "does not roll back inside a freeze",
        api: "bots",
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
        api: "bots",
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
        api: "bots",
        breaks: 4,
        module: "../../src/pipeline/history.js",
        breakIt: (real: typeof import("../../src/pipeline/history.js")) => ({
            contentHistory: async (...args: Parameters<typeof real.contentHistory>) => ({
                proven: (await real.contentHistory(...args)).proven,
            }),
        }),
    },
    {
        what: "forgets to write down what it is about to do",
        api: "cognigy-ai",
        breaks: 6,
        module: "../../src/pipeline/record.js",
        breakIt: forgetsIntents,
    },
    {
        what: "switches to a snapshot without a look at what it holds",
        api: "cognigy-ai",
        breaks: 1,
        module: "../../src/cognigy/ai/freezing.js",
        breakIt: ({ Freezing }: typeof import("../../src/cognigy/ai/freezing.js")) => ({
            Freezing: class extends open(Freezing) {
                looked = async (...[, , snapshot]: unknown[]) => snapshot;
                frozen = this.looked;
            },
        }),
    },
    {
        what: "switches an endpoint that somebody else has switched meanwhile",
        api: "cognigy-ai",
        breaks: 12,
        module: "../../src/cognigy/ai/switching.js",
        breakIt: ({ Switching }: typeof import("../../src/cognigy/ai/switching.js")) => ({
            Switching: class extends Switching {
                override async to(wanted: readonly Binding[]) {
                    const { environments } = this as unknown as { environments: EnvironmentBook };
                    const now = wanted.map(({ endpoint }) => environments.read(endpoint));
                    return super.to(wanted, (await Promise.all(now)).map(bindingOf));
                }
            },
        }),
    },
    {
        what: "rolls back to the draft, wherever the endpoint led before",
        api: "cognigy-ai",
        breaks: 13,
        module: "../../src/cognigy/ai/deploying.js",
        breakIt: ({ Deploying }: typeof import("../../src/cognigy/ai/deploying.js")) => ({
            Deploying: class extends Deploying {
                override async rollBack(deploymentId: string, previous = "") {
                    const { api } = (this as unknown as { parts: { api: AiApi } }).parts;
                    const [draft] = await api.all("/projects", project, { needs: "read projects" });
                    const entrypoint = String(draft?._id);
                    const goal = (bindingsIn(previous) ?? []).map((one) => ({ ...one, entrypoint }));
                    return super.rollBack(deploymentId, deploymentIdOf(goal));
                }
            },
        }),
    },
];

afterEach(() => {
    for (const { module } of BROKEN) {
        jest.dontMock(module);
    }
    jest.resetModules();
});

test.each(BROKEN)("a build that $what is found out by the histories on $api", async (build) => {
    const { api, module, breakIt, breaks } = build;
    jest.doMock(module, () => {
        const real = jest.requireActual(module);
        return { ...real, ...breakIt(real as never) };
    });
    const { closeEmulators, firstBreak } = require("./play.js") as typeof import("./play.js");
    const { sideOf } = require("./sides.js") as typeof import("./sides.js");
    try {
        for (let seed = 1; seed <= ENOUGH; seed += 1) {
            const found = await firstBreak(seed, { endOnFailure: true }, sideOf(api));
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
