import {
    chmodSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    statSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Evidence, Verdict } from "../../src/evidence/evidence.js";
import { FileEvidenceStore } from "../../src/evidence/file-store.js";
import { FakeClock } from "../support/fake-clock.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

const KEY = "ab".repeat(32);
const LIFETIME = 3_600_000;
const EVIDENCE: Evidence = {
    contentHash: `sha256:${"cd".repeat(32)}`,
    dependencies: `sha256:${"ef".repeat(32)}`,
    gates: {
        dependencies: { validated: true, checked: 12 },
        simulation: { passed: 2, total: 2, passRate: 1, minPassRate: 1 },
    },
};

const PASSED: Verdict = { evidence: EVIDENCE };
const BLOCKED: Verdict = {
    blocked: {
        gate: "simulation_failed",
        summary: "1 of 2 simulated conversations failed (all must pass)",
        findings: ['"cancel reservation" reached no intent'],
        advice: "Mend the flow",
    },
};

/** Makes evidence when it is told to, and counts how often it was asked. */
class Maker {
    asked = 0;
    private finish: ((verdict: Verdict) => void) | undefined;
    private fail: ((error: Error) => void) | undefined;
    private begun = deferred<void>();

    readonly make = (): Promise<Verdict> => {
        this.asked += 1;
        return new Promise((resolve, reject) => {
            this.finish = resolve;
            this.fail = reject;
            this.begun.resolve();
        });
    };

    /** Resolves when it was asked. */
    get asking(): Promise<void> {
        return this.begun.promise;
    }

    async done(verdict = PASSED): Promise<void> {
        await this.begun.promise;
        this.finish?.(verdict);
    }

    async broken(error: Error): Promise<void> {
        await this.begun.promise;
        this.fail?.(error);
    }
}

function deferred<T>() {
    let resolve: (value: T) => void = () => {};
    const promise = new Promise<T>((settle) => {
        resolve = settle;
    });
    return { promise, resolve };
}

function newStore(folder = join(temporaryFolder(), "evidence"), clock = new FakeClock()) {
    return { folder, clock, store: new FileEvidenceStore(folder, LIFETIME, clock) };
}

const never = async (): Promise<Verdict> => {
    throw new Error("must not be made again");
};
const made = async () => PASSED;

describe("evidence", () => {
    it("is made again when what was kept no longer counts", async () => {
        const { store } = newStore();
        await store.obtain(KEY, made);
        expect(
            await store.obtain(KEY, never, {
                counts: async ({ dependencies }) => dependencies === EVIDENCE.dependencies,
            }),
        ).toEqual(PASSED);
        const anew = { evidence: { ...EVIDENCE, dependencies: "sha256:0" } };
        expect(await store.obtain(KEY, async () => anew, { counts: async () => false })).toEqual(anew);
        expect(await store.obtain(KEY, never)).toEqual(anew);
    });

    it("is made once and kept for whoever asks later, in this process or another", async () => {
        const { store, folder } = newStore();
        expect(await store.obtain(KEY, made)).toEqual(PASSED);
        expect(await store.obtain(KEY, never)).toEqual(PASSED);
        expect(await newStore(folder).store.obtain(KEY, never)).toEqual(PASSED);
    });

    it("is kept for one name only", async () => {
        const { store } = newStore();
        await store.obtain(KEY, made);
        await expect(store.obtain("another", never)).rejects.toThrow("must not be made again");
    });

    it("is made once for all who ask at the same time in one process", async () => {
        const { store } = newStore();
        const maker = new Maker();
        const asking = Promise.all(Array.from({ length: 20 }, () => store.obtain(KEY, maker.make)));
        await maker.done();
        expect(await asking).toEqual(Array.from({ length: 20 }, () => PASSED));
        expect(maker.asked).toBe(1);
    });

    it("is made once for all who ask at the same time in several processes", async () => {
        const { store, folder } = newStore();
        const others = [newStore(folder).store, newStore(folder).store];
        const maker = new Maker();
        const asking = Promise.all([store, ...others].map((one) => one.obtain(KEY, maker.make)));
        await maker.done();
        expect(await asking).toEqual([PASSED, PASSED, PASSED]);
        expect(maker.asked).toBe(1);
    });

    it("of different names is made side by side", async () => {
        const { store } = newStore();
        const [one, other] = [new Maker(), new Maker()];
        const asking = Promise.all([store.obtain("one", one.make), store.obtain("other", other.make)]);
        await other.done();
        await one.done();
        expect(await asking).toEqual([PASSED, PASSED]);
    });

    it("is not kept when it could not be made; the error is its caller's, and the next one tries again", async () => {
        const { store, folder } = newStore();
        const maker = new Maker();
        const asking = [store.obtain(KEY, maker.make), store.obtain(KEY, maker.make)];
        await maker.broken(new Error("blocked"));
        expect(await Promise.allSettled(asking)).toEqual([
            { status: "rejected", reason: new Error("blocked") },
            { status: "rejected", reason: new Error("blocked") },
        ]);
        expect(readdirSync(folder)).toEqual([]);
        expect(await store.obtain(KEY, made)).toEqual(PASSED);
    });

    it("that one process could not make is made by the other one that waits", async () => {
        const { store, folder } = newStore();
        const first = new Maker();
        const asking = store.obtain(KEY, first.make);
        asking.catch(() => {});
        await first.asking;
        const other = newStore(folder).store.obtain(KEY, made);
        await first.broken(new Error("blocked"));
        await expect(asking).rejects.toThrow("blocked");
        expect(await other).toEqual(PASSED);
    });

    describe("of a maker that was killed", () => {
        /** The lock of a maker whose heart beat last at this time. */
        function leaveLock(folder: string, beat: number): string {
            const lock = join(folder, `${KEY}.json.lock`);
            mkdirSync(lock, { recursive: true });
            utimesSync(lock, beat / 1000, beat / 1000);
            return lock;
        }
        let gone = 0;
        beforeEach(() => {
            gone = 0;
            const now = performance.now.bind(performance);
            jest.spyOn(performance, "now").mockImplementation(() => now() + gone);
        });
        afterEach(() => jest.restoreAllMocks());
        const aFewLooks = () => new Promise((resolve) => setTimeout(resolve, 150));

        it("is made by the next one as soon as the maker has not been heard of for a while", async () => {
            const { store, folder } = newStore();
            leaveLock(folder, Date.now() - 6_000);
            expect(await store.obtain(KEY, made)).toEqual(PASSED);
            expect(readdirSync(folder)).toEqual([`${KEY}.json`]);
        });

        it("is made by the next one also where the clock was set back by hours since", async () => {
            const { store, folder } = newStore();
            leaveLock(folder, Date.now() + 5 * 3_600_000);
            const asking = store.obtain(KEY, made);
            await aFewLooks();
            gone += 6_000;
            expect(await asking).toEqual(PASSED);
            expect(readdirSync(folder)).toEqual([`${KEY}.json`]);
        });

        it("is not made as long as the maker's heart beats, whatever the clock says", async () => {
            const { store, folder } = newStore();
            const beat = Date.now() + 5 * 3_600_000;
            const lock = leaveLock(folder, beat);
            const make = jest.fn(made);
            const asking = store.obtain(KEY, make);
            for (let seconds = 1; seconds <= 2; seconds += 1) {
                await aFewLooks();
                utimesSync(lock, beat / 1000 + seconds, beat / 1000 + seconds);
                await aFewLooks();
                gone += 4_000;
            }
            expect(make).not.toHaveBeenCalled();
            await aFewLooks();
            gone += 4_000;
            expect(await asking).toEqual(PASSED);
        });
    });

    it("counts until its lifetime is over", async () => {
        const { store, clock } = newStore();
        await store.obtain(KEY, made);
        clock.advance(LIFETIME - 1);
        expect(await store.obtain(KEY, never)).toEqual(PASSED);
        clock.advance(1);
        const anew = { evidence: { ...EVIDENCE, contentHash: "sha256:anew" } };
        expect(await store.obtain(KEY, async () => anew)).toEqual(anew);
        clock.advance(LIFETIME - 1);
        expect(await store.obtain(KEY, never)).toEqual(anew);
    });

    it("from the future counts for nothing: a clock was wrong", async () => {
        const { store, clock } = newStore();
        await store.obtain(KEY, made);
        clock.set(-1);
        await expect(store.obtain(KEY, never)).rejects.toThrow("must not be made again");
    });

    it.each([
        ["an empty file", ""],
        ["half a file", '{"schema":2,"madeAt":17'],
        ["another version", JSON.stringify({ schema: 3, madeAt: 0, verdict: PASSED })],
        [
            "gates without counts",
            JSON.stringify({ schema: 2, madeAt: 0, verdict: { evidence: { ...EVIDENCE, gates: {} } } }),
        ],
        ["null", "null"],
    ])("is made anew where the file holds %s", async (_what, text) => {
        const clock = new FakeClock(1);
        const { store, folder } = newStore(temporaryFolder(), clock);
        writeFileSync(join(folder, `${KEY}.json`), text);
        expect(await store.obtain(KEY, made)).toEqual(PASSED);
        expect(await store.obtain(KEY, never)).toEqual(PASSED);
    });

    it("is read from a file of this very form, which earlier versions wrote", async () => {
        const { store, folder, clock } = newStore(temporaryFolder());
        const kept = { schema: 2, madeAt: clock.now(), verdict: PASSED };
        writeFileSync(join(folder, `${KEY}.json`), JSON.stringify(kept));
        expect(await store.obtain(KEY, never)).toEqual(PASSED);
    });

    it("is for the user's eyes only, and leaves nothing else behind", async () => {
        const { store, folder } = newStore();
        await store.obtain(KEY, made);
        expect(readdirSync(folder)).toEqual([`${KEY}.json`]);
        expect(statSync(join(folder, `${KEY}.json`)).mode & 0o777).toBe(0o600);
        expect(statSync(folder).mode & 0o777).toBe(0o700);
    });

    it("holds what the gates found and when, and nothing more", async () => {
        const { store, folder, clock } = newStore();
        await store.obtain(KEY, made);
        expect(JSON.parse(readFileSync(join(folder, `${KEY}.json`), "utf8"))).toEqual({
            schema: 2,
            madeAt: clock.now(),
            verdict: PASSED,
        });
    });

    it("is made each time where the folder is a file", async () => {
        const folder = join(temporaryFolder(), "evidence");
        writeFileSync(folder, "");
        const { store } = newStore(folder);
        const makers = [new Maker(), new Maker()];
        for (const maker of makers) {
            const asking = store.obtain(KEY, maker.make);
            await maker.done();
            expect(await asking).toEqual(PASSED);
        }
    });

    it("is made each time where nothing can be written into the folder", async () => {
        // No right of the superuser makes such a name possible.
        const { store, folder } = newStore();
        mkdirSync(folder);
        expect(await store.obtain("x".repeat(300), made)).toEqual(PASSED);
        expect(readdirSync(folder)).toEqual([]);
    }, 2_000);

    const ordinaryUser = process.getuid?.() === 0 ? it.skip : it;
    ordinaryUser(
        "is made each time where the user may not write",
        async () => {
            const { store, folder } = newStore();
            mkdirSync(folder, { mode: 0o500 });
            expect(await store.obtain(KEY, made)).toEqual(PASSED);
            chmodSync(folder, 0o700);
            expect(readdirSync(folder)).toEqual([]);
        },
        2_000,
    );
});

describe("a refusal", () => {
    it("is everybody's who asked before it was made, in this process or another", async () => {
        const { store, folder, clock } = newStore();
        const other = newStore(folder, clock).store;
        const maker = new Maker();
        const asking = [store.obtain(KEY, maker.make), store.obtain(KEY, never)];
        await Promise.resolve();
        await maker.asking;
        asking.push(other.obtain(KEY, never));
        clock.advance(1);
        await maker.done(BLOCKED);
        expect(await Promise.all(asking)).toEqual([BLOCKED, BLOCKED, BLOCKED]);
    });

    it("is judged anew for who asks later", async () => {
        const { store, clock } = newStore();
        await store.obtain(KEY, async () => BLOCKED);
        clock.advance(1);
        expect(await store.obtain(KEY, made)).toEqual(PASSED);
    });

    it("counts for the asker that it was made for, and for no other", async () => {
        const { store, folder, clock } = newStore();
        await store.obtain(KEY, async () => BLOCKED, { asker: "one" });
        clock.advance(60_000);
        const later = newStore(folder, clock).store;
        expect(await later.obtain(KEY, never, { asker: "one" })).toEqual(BLOCKED);
        expect(await later.obtain(KEY, made, { asker: "another" })).toEqual(PASSED);
    });
});
