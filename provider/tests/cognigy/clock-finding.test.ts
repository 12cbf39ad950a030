import { clockFinding } from "../../src/cognigy/clock-finding.js";
import { startBench, stopBenches } from "../support/http-client.js";

const CALL = { method: "GET", path: "/anything", needs: "nothing" } as const;

describe("the difference of the clocks", () => {
    afterEach(stopBenches);

    /** Asks a platform whose clock is ahead of this machine's by so many seconds. */
    async function findingAt(ahead: number | undefined) {
        const bench = await startBench(() => (response) => {
            const { clock } = bench;
            if (ahead === undefined) {
                response.sendDate = false;
            } else {
                response.setHeader("date", new Date(clock.now() + ahead * 1000).toUTCString());
            }
            response.end("{}");
        });
        return clockFinding(bench.http, bench.clock, CALL);
    }

    test.each([
        [0, "ok"],
        [55, "ok"],
        [-55, "ok"],
        [70, "warning"],
        [-70, "warning"],
    ])("of %d s is %s", async (ahead, verdict) => {
        expect(await findingAt(ahead)).toMatchObject({ verdict });
    });

    test("is told as that of this machine's clock", async () => {
        expect((await findingAt(3600))?.found).toMatch(/^this machine's clock is 360[01] s behind/);
        expect((await findingAt(-3600))?.found).toMatch(/^this machine's clock is (3599|3600) s ahead of/);
    });

    test("is not known where the platform tells no time", async () => {
        expect(await findingAt(undefined)).toMatchObject({ verdict: "not known" });
    });
});
