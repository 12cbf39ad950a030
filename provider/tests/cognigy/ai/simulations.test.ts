import { PROJECT, useAiWorlds } from "../../support/ai-world.js";
import { reasonOf } from "../../support/harness.js";

const startWorld = useAiWorlds();

const PLAYBOOK = "Booking: intents";
const SCENARIO = "book_flight";

describe("what is simulated before a version of Cognigy.AI goes live", () => {
    test("are test cases, each in a playbook of its own that is gone afterwards", async () => {
        const { world, args } = await startWorld();
        await world.stack.preview(args());
        expect(await world.calls(/^(POST|DELETE) .*\/playbooks(\/\w+)?$/)).toEqual([
            "POST /new/v2.0/playbooks",
            "POST /new/v2.0/playbooks",
            expect.stringMatching(/^DELETE /),
            expect.stringMatching(/^DELETE /),
        ]);
    });

    test("tell which intent was reached instead", async () => {
        const { world, args } = await startWorld();
        const testCases = [
            { input: "book a flight", expectedIntent: "cancel_reservation" },
            { input: "what is the meaning of life", expectedIntent: "book_flight" },
        ];
        const reason = reasonOf(await world.up(args({ simulation: { testCases } })));
        expect(reason).toContain(
            '"book a flight" should reach intent "cancel_reservation" but reached intent "book_flight"',
        );
        expect(reason).toContain(
            '"what is the meaning of life" should reach intent "book_flight" but reached no intent',
        );
    });

    test("are test cases also where steps and asserts are written one by one", async () => {
        const { world, args } = await startWorld();
        await world.control.ai.variants({ inlinePlaybookSteps: "ignored" });
        const testCases = [{ input: "book a flight", expectedIntent: "cancel_reservation" }];
        expect(reasonOf(await world.up(args({ simulation: { testCases } })))).toContain(
            'but reached intent "book_flight"',
        );
        expect((await world.up(args())).outcome).toBe("done");
    });

    test("are playbooks and scenarios of the project", async () => {
        const { world, args } = await startWorld();
        const simulation = { playbooks: [PLAYBOOK], scenarios: [{ name: SCENARIO, runs: 2 }] };
        expect((await world.up(args({ simulation }))).outcome).toBe("done");
        expect(world.stack.outputs.gates).toMatchObject({ simulation: { passed: 3, total: 3 } });
    });

    test("are scenarios also where the platform does not say which runs it began", async () => {
        const { world, args } = await startWorld();
        await world.control.ai.variants({ simulationScheduleAnswer: "empty" });
        const simulation = { scenarios: [{ name: SCENARIO }] };
        expect((await world.up(args({ simulation }))).outcome).toBe("done");
    });

    test("are told with what went wrong", async () => {
        const { world, args } = await startWorld();
        await world.control.ai.failPlaybookSteps(["cancel my reservation"]);
        await world.control.ai.simulator({ fail: [SCENARIO] });
        const simulation = { playbooks: [PLAYBOOK], scenarios: [{ name: SCENARIO, runs: 2 }] };
        const reason = reasonOf(await world.up(args({ simulation })));
        expect(reason).toContain("3 of 3 simulated conversations failed");
        expect(reason).toContain(
            'playbook "Booking: intents" failed: step 2 ("cancel my reservation"): assertIntent does not hold',
        );
        expect(reason).toContain(
            'scenario "book_flight", conversation 2 failed: The mission was not accomplished.',
        );
        expect(world.events().find(({ action }) => action === "simulation")?.details).toMatchObject({
            steps: expect.arrayContaining([
                expect.objectContaining({ input: 'playbook "Booking: intents"', status: "failed" }),
            ]),
        });
    });

    test.each([
        [
            "playbooks",
            { playbooks: ["Nobody's"] },
            '`simulation.playbooks`: the project has no playbook named "Nobody\'s"',
        ],
        [
            "scenarios",
            { scenarios: [{ name: "Nobody's" }] },
            '`simulation.scenarios`: the project has no scenario named "Nobody\'s"',
        ],
        [
            "language models",
            { scenarios: [{ name: SCENARIO, languageModel: "Nobody's" }] },
            'the project has no language model "Nobody\'s" to play the person of "book_flight"',
        ],
    ])("are refused where there are no such %s", async (_what, simulation, message) => {
        const { world, args } = await startWorld();
        expect(reasonOf(await world.up(args({ simulation })))).toContain(message);
    });

    test("are played on the version itself, or on the draft where that is the same and the platform takes nothing else", async () => {
        const { world, args } = await startWorld();
        const simulation = { scenarios: [{ name: SCENARIO }] };
        await world.up(args({ targetEnvironment: "staging", simulation }));
        world.stack.resource = undefined;
        await world.control.ai.variants({ simulationEntrypoint: "project" });
        expect((await world.stack.preview(args({ simulation }))).outcome).toBe("planned");
        await world.control.ai.patchNodes(`${PROJECT}/Booking`, { Book: { config: { text: "Where?" } } });
        const again = { ...simulation, timeoutSeconds: 60 };
        expect(reasonOf(await world.stack.preview(args({ simulation: again })))).toContain(
            "a version that the draft has left behind cannot be simulated",
        );
    });

    test("are not there for the bots API", async () => {
        const { world, args } = await startWorld({ config: { "cognigy:api": "bots" } });
        const result = await world.up({
            ...args(),
            botId: "bot_12345",
            flowId: "flow_67890",
            simulation: { playbooks: [PLAYBOOK] },
        });
        expect(reasonOf(result)).toContain(
            "is for tenants that are asked with `cognigy:api: cognigy-ai`; this one is not",
        );
    });
});
