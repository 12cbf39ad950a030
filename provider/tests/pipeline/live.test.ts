import type { Deployment, Platform } from "../../src/cognigy/platform.js";
import {
    isVersion,
    liveEverywhere,
    liveShare,
    neighboursIn,
    newestFirst,
    standingIn,
} from "../../src/pipeline/live.js";

const PLACE = { botId: "bot_12345", flowId: "flow_67890", targetEnvironment: "production" };

/** A deployment of the place, made in this minute. */
function deployed(deploymentId: string, minute = 0, more: Partial<Deployment> = {}): Deployment {
    return {
        ...PLACE,
        deploymentId,
        versionTag: `v-${deploymentId}`,
        status: "completed",
        createdAt: `2026-01-05T09:${String(minute).padStart(2, "0")}:00Z`,
        ...more,
    };
}

const elsewhere = { flow: { flowId: "flow_2" }, environment: { targetEnvironment: "staging" } };
const aliased = {
    flowId: "5f-flow",
    targetEnvironment: "5f-environment",
    aliases: { flows: ["flow_67890"], environments: ["production"] },
};

describe("what stands in a place", () => {
    const liveOf = (completed: Deployment[], except?: string) =>
        standingIn(completed, PLACE, except).live?.deploymentId;

    test("is live when it is the newest, wherever it is in the list", () => {
        expect(liveOf([deployed("a", 1), deployed("b", 3), deployed("c", 2)])).toBe("b");
        expect(liveOf([deployed("b", 3), deployed("a", 1)])).toBe("b");
    });

    test("of the same moment is live when it comes later in the list", () => {
        expect(liveOf([deployed("a"), deployed("b")])).toBe("b");
    });

    test("is not what stands for another flow or in another environment", () => {
        expect(
            liveOf([
                deployed("a"),
                deployed("b", 1, elsewhere.flow),
                deployed("c", 1, elsewhere.environment),
            ]),
        ).toBe("a");
        expect(liveOf([])).toBeUndefined();
    });

    test("may be known by other names", () => {
        expect(liveOf([deployed("a", 0, aliased)])).toBe("a");
        expect(liveOf([deployed("a", 0, { ...aliased, aliases: { flows: [], environments: [] } })])).toBe(
            undefined,
        );
    });

    test("is not what was just rolled back, whatever the list still says", () => {
        expect(liveOf([deployed("a"), deployed("b", 1)], "b")).toBe("a");
        expect(standingIn([deployed("b")], PLACE, "b").byTag.size).toBe(0);
    });

    test("is known by its version", () => {
        const { byTag } = standingIn([deployed("a"), deployed("b", 1)], PLACE);
        expect([...byTag].map(([tag, one]) => [tag, one.deploymentId])).toEqual([
            ["v-a", "a"],
            ["v-b", "b"],
        ]);
    });

    test("is told newest first, and of the same moment as it is live", () => {
        const standing = standingIn([deployed("a", 2), deployed("b", 1), deployed("c", 2)], PLACE);
        expect(newestFirst(standing).map(({ deploymentId }) => deploymentId)).toEqual(["c", "a", "b"]);
    });
});

describe("a deployment", () => {
    const version = { ...PLACE, versionTag: "v-a" };

    test("is of a version with its tag, its flow and its environment", () => {
        expect(isVersion(deployed("a"), version)).toBe(true);
        expect(isVersion(deployed("a", 0, aliased), version)).toBe(true);
        expect(isVersion(deployed("b"), version)).toBe(false);
        expect(isVersion(deployed("a", 0, elsewhere.flow), version)).toBe(false);
        expect(isVersion(deployed("a", 0, elsewhere.environment), version)).toBe(false);
    });

    test.each<["all" | "part" | "none", string, Partial<Deployment>, boolean]>([
        ["all", "it is the newest", { deploymentId: "mine" }, false],
        ["none", "another one is", {}, true],
        ["part", "what is live is of several versions, and it stands in one of them", { mixed: true }, true],
        ["none", "what is live is of several versions, none of them its own", { mixed: true }, false],
    ])("is %s of what is live where %s", async (share, _when, newest, stands) => {
        const asked: unknown[] = [];
        const platform = {
            deployments: async () => [deployed("mine"), deployed("theirs", 1, newest)],
            stands: async (...of: unknown[]) => {
                asked.push(of);
                return stands;
            },
        } as unknown as Platform;
        expect(await liveShare({ platform }, PLACE, "mine")).toBe(share);
        expect(asked).toEqual(newest.mixed ? [["bot_12345", "mine"]] : []);
    });

    test("is none of what is live where nothing is", async () => {
        const platform = { deployments: async () => [] } as unknown as Platform;
        expect(await liveShare({ platform }, PLACE, "mine")).toBe("none");
    });
});

describe("what else is live in a bot", () => {
    test("is each other flow of the environment, once", () => {
        expect(
            neighboursIn(
                [
                    deployed("own"),
                    deployed("own too", 0, aliased),
                    deployed("a", 0, elsewhere.flow),
                    deployed("b", 1, elsewhere.flow),
                    deployed("c", 0, { flowId: "flow_3", ...elsewhere.environment }),
                    deployed("d", 0, {
                        ...aliased,
                        flowId: "flow_4",
                        aliases: { flows: [], environments: ["production"] },
                    }),
                ],
                PLACE,
            ),
        ).toEqual(["flow_2", "flow_4"]);
    });

    test("is the newest of each flow in each environment, in their order", () => {
        expect(
            liveEverywhere([
                deployed("p", 0, { flowId: "flow_2" }),
                deployed("q", 0, { flowId: "flow_1", targetEnvironment: "staging" }),
                deployed("r", 0, { flowId: "flow_1" }),
                deployed("s", 1, { flowId: "flow_1" }),
            ]).map(({ deploymentId }) => deploymentId),
        ).toEqual(["s", "q", "p"]);
    });
});
