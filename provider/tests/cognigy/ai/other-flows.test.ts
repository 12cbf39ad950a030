import { useAiWorlds } from "../../support/ai-world.js";
import { withNeighbours } from "../../support/neighbours.js";

const startWorld = useAiWorlds();

describe("the other flows of a project", () => {
    test("are those that the platform lists, and are told by their names", async () => {
        const { world, args } = await startWorld({
            data: withNeighbours({
                flow_support: { name: "Support", uses: ["external_api booking_service"] },
                flow_faq: { name: "FAQ", uses: ["intent book_flight"] },
            }),
        });
        expect(await world.up(args())).toMatchObject({ outcome: "done" });
        await world.control.ai.patchNodes("Travel assistant/Booking", {
            Book: { config: { text: ["Where would you like to go?"] } },
        });
        await world.control.clearRequests();
        const result = await world.stack.preview(args({ versionTag: "v1.4.3" }));
        expect(result).toMatchObject({
            outcome: "planned",
            inputs: {
                changes: [
                    expect.stringMatching(/^text: /),
                    "shared: connection “booking_service” is also used by “Support”",
                ],
                context: { impact: { shared: { flows: [expect.any(String)], resources: 1, unseen: 0 } } },
            },
        });
        await world.control.clearRequests();
        await world.stack.preview(args({ versionTag: "v1.4.3" }));
        expect(await world.calls(/GET .*graph/)).toHaveLength(1);
    });
});
