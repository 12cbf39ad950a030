import type { NewEvent } from "../../src/ledger/event.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { endedAs } from "../../src/pipeline/ending.js";
import { ReleaseError } from "../../src/release/failure.js";
import { ledgerOf } from "../support/ledger.js";
import { inputs } from "../support/samples.js";

const details = { target_environment: "production", deployment_id: "dep_1" };
const completed: Partial<NewEvent> = { action: "deployment_execution", status: "completed", details };
const begun: Partial<NewEvent> = { action: "deployment_intent", status: "started" };

const ended = (events: Partial<NewEvent>[], status: "completed" | "failed" = "completed") =>
    endedAs({ ledger: ledgerOf(...events) }, inputs(), "dep_1", status);

describe("a deployment's release", () => {
    test("has ended as the last record of it says, and not otherwise", async () => {
        const failed = { ...completed, status: "failed" } as const;
        expect(await ended([failed, completed])).toMatchObject({ status: "completed", details });
        expect(await ended([completed, failed])).toBeUndefined();
        expect(await ended([completed, failed], "failed")).toMatchObject({ status: "failed" });
    });

    test("has no end in what is told of another deployment, or of something else than its release", async () => {
        const other = { ...completed, details: { ...details, deployment_id: "dep_2" } };
        expect(await ended([other])).toBeUndefined();
        expect(await ended([{ ...completed, action: "rollback" }])).toBeUndefined();
        expect(
            await ended([completed, { ...completed, action: "rollback", status: "failed" }]),
        ).toMatchObject({
            action: "deployment_execution",
        });
    });

    test("has no end any more once its version is begun again; another version does not matter", async () => {
        expect(await ended([completed, begun])).toBeUndefined();
        expect(await ended([completed, begun, completed])).toMatchObject({ status: "completed" });
        expect(await ended([completed, { ...begun, version_tag: "v1.5.0" }])).toBeDefined();
    });

    test("has no end any more once a rollback leads back to it; another rollback does not matter", async () => {
        const rollback = (more: Record<string, unknown>): Partial<NewEvent> => ({
            action: "rollback_intent",
            status: "started",
            version_tag: "v1.5.0",
            details: { target_environment: "production", deployment_id: "dep_2", ...more },
        });
        expect(await ended([completed, rollback({ returns_to: "dep_1" })])).toBeUndefined();
        expect(await ended([completed, rollback({ returns_to: "dep_0" })])).toBeDefined();
        expect(await ended([completed, rollback({})])).toBeDefined();
        const done = rollback({ returns_to: "dep_1" });
        expect(await ended([completed, { ...done, action: "rollback", status: "completed" }])).toBeDefined();
    });

    test("has no known end where the ledger cannot be read", async () => {
        const ledger = {
            // biome-ignore lint/correctness/useYield: it fails before it has anything
            async *events() {
                throw new ReleaseError("the ledger cannot be read");
            },
        } as unknown as Ledger;
        expect(await endedAs({ ledger }, inputs(), "dep_1", "completed")).toBeUndefined();
    });
});
