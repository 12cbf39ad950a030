import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../scripts/lib/root.mjs";
import { KillMatrix, type Row, VERSION } from "./support/kill-matrix";
import { IN_THE_GATES, ON_THE_WAY, type Phase, TAKING_DOWN } from "./support/kill-phases";
import { engineOf } from "./support/processes";
import type { Printed } from "./support/releases";

jest.setTimeout(180_000);

/** What was seen of a phase: what stood, what the next run did, and how it ended. */
type Seen = Pick<Phase, "stood" | "next"> & { end: string };

const expected = ({ stood, next, end }: Phase): Seen => ({ stood, next, end });

/** Plays a story in all phases at once. @returns what was seen of each. */
function seenIn(
    phases: readonly Phase[],
    play: (matrix: KillMatrix) => Promise<(row: Row) => Promise<Partial<Seen>>>,
): (phase: Phase) => Partial<Seen> | undefined {
    let matrix: KillMatrix;
    const seen = new Map<string, Partial<Seen>>();
    beforeAll(async () => {
        matrix = await KillMatrix.start(phases);
        const look = await play(matrix);
        for (const row of matrix.rows) {
            seen.set(row.phase.when, await look(row));
        }
    });
    afterAll(() => matrix.stop());
    return ({ when }) => seen.get(when);
}

async function killProviders(matrix: KillMatrix, run: Promise<Printed>): Promise<void> {
    matrix.killProviders();
    expect((await run).code).not.toBe(0);
}

/** The next run after one that has ended. */
async function nextRun(matrix: KillMatrix, command: () => Promise<Printed>) {
    const stood = new Map(matrix.rows.map((row) => [row, matrix.standing(row)]));
    matrix.goOn();
    matrix.letGo();
    await matrix.forgetRequests();
    const printed = await command();
    return async (row: Row): Promise<Seen> => ({
        stood: stood.get(row) ?? "",
        next: await matrix.did(row),
        end: await matrix.end(row, printed),
    });
}

describe("a run whose provider is killed while", () => {
    const seen = seenIn(IN_THE_GATES, async (matrix) => {
        const { run } = await matrix.runInto(() => matrix.up());
        await killProviders(matrix, run);
        return nextRun(matrix, () => matrix.up());
    });

    it.each(IN_THE_GATES)("$when is made good by the next one", (phase) => {
        expect(seen(phase)).toEqual(expected(phase));
    });
});

describe("a run whose provider is killed while", () => {
    let matrix: KillMatrix;
    let again: Printed;
    const destroyed = new Map<string, Seen>();
    const seen = seenIn(ON_THE_WAY, async (started) => {
        matrix = started;
        const { run } = await matrix.runInto(() => matrix.up());
        await killProviders(matrix, run);
        const look = await nextRun(matrix, () => matrix.up());
        const looks = new Map<Row, Seen>();
        for (const row of matrix.rows) {
            looks.set(row, await look(row));
        }
        await upAgain();
        await destroyInTheMiddle();
        return async (row) => looks.get(row) ?? {};
    });

    /** Once more, without those that were rolled back: their content is refused. */
    async function upAgain(): Promise<void> {
        await matrix.forgetRequests();
        matrix.declare(
            matrix.rows.filter(({ phase }) => !phase.unhealthy),
            VERSION,
        );
        again = await matrix.up();
    }

    async function destroyInTheMiddle(): Promise<void> {
        const held = new Map(TAKING_DOWN.map((phase, index) => [matrix.rows[index + 1], phase]));
        const { run } = await matrix.runInto(
            () => matrix.destroy(),
            (row) => held.get(row)?.hold,
        );
        await killProviders(matrix, run);
        const look = await nextRun(matrix, () => matrix.destroy());
        for (const [row, { when }] of held) {
            destroyed.set(when, await look(row as Row));
        }
    }

    it.each(ON_THE_WAY)("$when is made good by the next one", (phase) => {
        expect(seen(phase)).toEqual(expected(phase));
    });

    it("… leaves nothing to do after the next one, and no part of a file", () => {
        expect(again.text).toContain("7 unchanged");
        expect(again.code).toBe(0);
        expect(matrix.artifacts()).toEqual(["bot_5_v1.4.2.json"]);
    });

    it.each(TAKING_DOWN)("$when is made good by the next one", (phase) => {
        expect(destroyed.get(phase.when)).toEqual(expected(phase));
    });
});

describe("a run that is told twice to end, in the middle of an update, while", () => {
    const seen = seenIn(ON_THE_WAY, async (matrix) => {
        await matrix.adopt();
        const { run } = await matrix.runInto(() => matrix.up());
        const engine = engineOf(matrix.releases.stack.project);
        process.kill(-engine, "SIGINT");
        await delay(200);
        process.kill(-engine, "SIGINT");
        expect((await run).code).not.toBe(0);
        return nextRun(matrix, () => matrix.up());
    });

    it.each(ON_THE_WAY)("$when is made good by the next one", (phase) => {
        expect(seen(phase)).toEqual(expected(phase));
    });
});

describe("a run that is told once to end while", () => {
    const seen = seenIn(ON_THE_WAY, async (matrix) => {
        const { run } = await matrix.runInto(() => matrix.up());
        process.kill(-engineOf(matrix.releases.stack.project), "SIGINT");
        await delay(200);
        matrix.goOn();
        matrix.letGo();
        const printed = await run;
        return async (row) => ({ end: await matrix.end(row, printed) });
    });

    it.each(ON_THE_WAY)("$when goes on to its end", (phase) => {
        expect(seen(phase)).toEqual({ end: phase.end });
    });
});

describe("a run whose platform is away for a while when", () => {
    const seen = seenIn(ON_THE_WAY, async (matrix) => {
        const { run } = await matrix.runInto(() => matrix.up());
        for (const { platform } of matrix.rows) {
            platform.goAway();
        }
        await delay(2_000);
        matrix.goOn();
        for (const { platform } of matrix.rows) {
            platform.comeBack();
        }
        const printed = await run;
        return async (row) => ({ end: await matrix.end(row, printed) });
    });

    it.each(ON_THE_WAY)("$when goes on to its end", (phase) => {
        expect(seen(phase)).toEqual({ end: phase.end });
    });
});

describe("a run whose engine is killed, and whose provider goes on after the next run, while", () => {
    const seen = seenIn(ON_THE_WAY, async (matrix) => {
        const end = new AbortController();
        const { run } = await matrix.runInto(() => matrix.up(end.signal));
        end.abort();
        await run;
        await matrix.releases.stack.pulumi(["cancel", "--yes"]);
        matrix.goOn();
        await matrix.forgetRequests();
        const printed = await matrix.up();
        const did = new Map<Row, string>();
        for (const row of matrix.rows) {
            did.set(row, await matrix.did(row));
        }
        matrix.letGo();
        await matrix.quiet();
        return async (row) => ({ next: did.get(row) ?? "", end: await matrix.end(row, printed) });
    });

    it.each(ON_THE_WAY)("$when is made good by the next one", (phase) => {
        const { next, end } = phase;
        expect(seen(phase)).toEqual({ next, end });
    });
});

it("docs/failures.md tells what these tests see", () => {
    const rows = [...IN_THE_GATES, ...ON_THE_WAY, ...TAKING_DOWN].map(
        ({ when, stood, next, end }) => `| ${when} | ${stood} | ${next} | ${end} |`,
    );
    expect(readFileSync(join(root, "docs", "failures.md"), "utf8")).toContain(rows.join("\n"));
});
