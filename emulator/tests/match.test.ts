import * as fc from "fast-check";
import { confidenceThreshold, similarity, stemsOf, understand } from "../src/match";

const intents = [
    { id: "book", name: "Book", examples: ["book a flight", "I need a ticket to Rome"] },
    { id: "cancel", name: "Cancel", examples: ["cancel my reservation"] },
];

describe("stems", () => {
    test.each([
        ["Booking the FLIGHTS", ["book", "flight"]],
        ["booked", ["book"]],
        ["eggs", ["egg"]],
        ["cancellation cancelled cancelling cancels", ["cancel", "cancel", "cancel", "cancel"]],
        ["reserve reservation reservations", ["reserv", "reserv", "reserv"]],
        ["Cités, Zürich!", ["cit", "zurich"]],
        ["XK4P2Q", ["xk4p2q"]],
        ["is it you", ["is", "it", "you"]],
        ["¿…?", []],
    ])("%s", (text, stems) => {
        expect(stemsOf(text)).toEqual(stems);
    });
});

describe("similarity", () => {
    test.each([
        ["cancel reservation", "Cancel my reservation.", 1],
        ["book a flight", "book a hotel", 0.5],
        ["book", "cancel", 0],
        ["", "book", 0],
    ])("%s / %s", (one, other, expected) => {
        expect(similarity(one, other)).toBeCloseTo(expected, 10);
    });

    test("is symmetric and between 0 and 1", () => {
        fc.assert(
            fc.property(fc.lorem(), fc.lorem(), (one, other) => {
                const value = similarity(one, other);
                expect(value).toBe(similarity(other, one));
                expect(value).toBeGreaterThanOrEqual(0);
                expect(value).toBeLessThanOrEqual(1);
            }),
        );
    });

    test("depends neither on case nor on the order of words", () => {
        fc.assert(
            fc.property(fc.lorem({ mode: "words", maxCount: 8 }), (text) => {
                const turned = text.split(" ").reverse().join(" ").toUpperCase();
                expect(similarity(text, turned)).toBe(1);
            }),
        );
    });
});

describe("understanding", () => {
    test("takes the intent of the nearest example", () => {
        expect(understand("please book me a flight to Oslo", intents)).toEqual({
            intent: "book",
            confidence: 0.816,
            example: "book a flight",
        });
    });

    test("says how near even when that is not near enough", () => {
        const understood = understand("flight to nowhere with my dog", intents);
        expect(understood?.intent).toBe("book");
        expect(understood?.confidence).toBeLessThan(confidenceThreshold);
    });

    test("is nothing when no example shares a word", () => {
        expect(understand("weather", intents)).toBeNull();
    });

    test("every example sentence is understood as its own intent", () => {
        fc.assert(
            fc.property(
                fc.uniqueArray(fc.stringMatching(/^[b-df-hj-np-tv-z]{4,9}$/), { minLength: 2 }),
                (words) => {
                    const bot = words.map((word) => ({ id: word, name: word, examples: [`${word} now`] }));
                    for (const word of words) {
                        expect(understand(`${word} now`, bot)).toMatchObject({ confidence: 1 });
                    }
                },
            ),
        );
    });

    test("of two equally near intents the first is taken", () => {
        const twins = ["one", "two"].map((id) => ({ id, name: id, examples: ["same words"] }));
        expect(understand("same words", twins)?.intent).toBe("one");
    });
});
