import { promotionOrder } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const ORDER = { order: ["development", "staging", "production"] };
const NOW = Date.UTC(2026, 0, 5, 9);
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const proven = (environment: string, minutes: number) => ({
    context: { proven: [{ environment, since: minutesAgo(minutes) }] },
});
const handedOver = (changes: Record<string, unknown> = {}) => ({
    promotedFrom: {
        environment: "staging",
        contentHash: "sha256:c0ffee",
        deployedAt: minutesAgo(90),
        ...changes,
    },
});

const unproven = (environment = "staging", minutes = 60) =>
    `${environment} has not had this content (sha256:c0ffee) live and healthy; expected the same content in ` +
    `${environment} for at least ${minutes} minutes. Release it to ${environment} first, or hand its outputs there over ` +
    "in `promotedFrom`.";

describe("promotion-order", () => {
    beforeEach(() => jest.spyOn(Date, "now").mockReturnValue(NOW));
    afterEach(() => jest.restoreAllMocks());

    it("holds for nothing unless an order is set", () => {
        expect(violations(promotionOrder, release())).toEqual([]);
    });

    it.each(["development", "somewhere-else"])(
        "lets a release to %s through: nothing comes before",
        (environment) => {
            expect(violations(promotionOrder, release({ targetEnvironment: environment }), ORDER)).toEqual(
                [],
            );
        },
    );

    it.each([
        ["has stood nowhere", {}],
        ["has stood only in an environment further back", proven("development", 600)],
        ["has stood in production itself", proven("production", 600)],
        ["was handed over from an environment further back", handedOver({ environment: "development" })],
        ["is other content than what was handed over", handedOver({ contentHash: "sha256:bad" })],
    ])("refuses a content that %s", (_, changes) => {
        expect(violations(promotionOrder, release(changes), ORDER)).toEqual([message(unproven())]);
    });

    it("names the environment right before", () => {
        const staging = { targetEnvironment: "staging", ...proven("production", 600) };
        expect(violations(promotionOrder, release(staging), ORDER)).toEqual([
            message(unproven("development"), { targetEnvironment: "staging" }),
        ]);
    });

    it.each([
        ["the ledger knows of", proven("staging", 60)],
        ["is handed over", handedOver({ deployedAt: minutesAgo(60) })],
    ])("lets a content through that has stood for an hour, which %s", (_, changes) => {
        expect(violations(promotionOrder, release(changes), ORDER)).toEqual([]);
    });

    it.each([
        ["the ledger knows of", proven("staging", 59.5)],
        ["is handed over", handedOver({ deployedAt: minutesAgo(59.5) })],
    ])("refuses a content that has stood for less, which %s", (_, changes) => {
        expect(violations(promotionOrder, release(changes), ORDER)).toEqual([
            message(
                "staging has had this content for 59 minutes; expected at least 60. Wait 1 minutes more.",
            ),
        ]);
    });

    it("takes the minutes from the config", () => {
        const config = { ...ORDER, minSoakMinutes: 1440 };
        expect(violations(promotionOrder, release(proven("staging", 1440)), config)).toEqual([]);
        expect(violations(promotionOrder, release(proven("staging", 1000)), config)).toEqual([
            message(
                "staging has had this content for 1000 minutes; expected at least 1440. Wait 440 minutes more.",
            ),
        ]);
        expect(violations(promotionOrder, release(), config)).toEqual([message(unproven("staging", 1440))]);
    });

    it("lets a release through that stands as it is declared: nothing goes live", () => {
        expect(violations(promotionOrder, release({ context: { deploys: false } }), ORDER)).toEqual([]);
    });

    it.each([
        ["targetEnvironment", { targetEnvironment: UNKNOWN }],
        ["contentHash", { contentHash: UNKNOWN }],
        ["context", { context: UNKNOWN }],
        ["context.proven", { context: { proven: UNKNOWN } }],
        ["promotedFrom", { promotedFrom: UNKNOWN }],
        ["promotedFrom.environment", handedOver({ environment: UNKNOWN })],
        ["promotedFrom.contentHash", handedOver({ contentHash: UNKNOWN })],
        ["promotedFrom.deployedAt", handedOver({ deployedAt: UNKNOWN })],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(promotionOrder, release(changes), ORDER)).toBe(path);
    });
});
