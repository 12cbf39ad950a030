/** Something that an utterance may mean, with sentences that people say when they mean it. */
export interface Meaning {
    readonly id: string;
    readonly examples: readonly string[];
}

/** From this similarity on an utterance counts as understood. */
export const confidenceThreshold = 0.6;

/** What an utterance most probably means. */
export interface Understanding {
    readonly intent: string;
    /** 0 to 1, three decimals. */
    readonly confidence: number;
    /** The example sentence that is nearest to the utterance. */
    readonly example: string;
}

const stopWords = new Set(
    `a an and any are as at be can could do does for from get give have hello hey hi how i id ill im in is it its
    like ld m me my need of on or our please s thanks that the their there this to us ve want wanted was we were will
    with would you your`.split(/\s+/),
);

/** Longest first: only one is taken off. */
const suffixes = ["ations", "ation", "ings", "ing", "ies", "ied", "ers", "es", "ed", "er", "s", "e", "y"];

/**
 * The words of a text, in lower case, without accents, without stop words, cut down to their stems.
 * A text of nothing but stop words keeps them all.
 */
export function stemsOf(text: string): string[] {
    const words =
        text
            .normalize("NFKD")
            .replace(/\p{M}/gu, "")
            .toLowerCase()
            .match(/[\p{L}\p{N}]+/gu) ?? [];
    const telling = words.filter((word) => !stopWords.has(word));
    return (telling.length > 0 ? telling : words).map(stem);
}

/** The cosine of the angle between two texts as bags of stems: 0 = nothing in common, 1 = the same words. */
export function similarity(one: string, other: string): number {
    return cosine(countsOf(one), countsOf(other));
}

/** The intent whose example sentence is nearest, however far that is; null when none shares a word. */
export function understand(utterance: string, intents: Iterable<Meaning>): Understanding | null {
    const words = countsOf(utterance);
    let best = { intent: "", example: "", nearness: 0 };
    for (const { id, examples } of intents) {
        for (const { text, counts } of countedExamples(examples)) {
            const nearness = cosine(words, counts);
            if (nearness > best.nearness) {
                best = { intent: id, example: text, nearness };
            }
        }
    }
    return best.nearness === 0
        ? null
        : {
              intent: best.intent,
              confidence: Math.round(best.nearness * 1000) / 1000,
              example: best.example,
          };
}

function stem(word: string): string {
    const suffix = suffixes.find((ending) => word.endsWith(ending) && word.length - ending.length >= 3);
    const root = suffix ? word.slice(0, -suffix.length) : word;
    return root.length > 3 ? root.replace(/([^aeiou])\1$/, "$1") : root;
}

type Counts = ReadonlyMap<string, number>;

function countsOf(text: string): Counts {
    const counts = new Map<string, number>();
    for (const word of stemsOf(text)) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
}

const counted = new WeakMap<readonly string[], readonly { text: string; counts: Counts }[]>();

function countedExamples(examples: readonly string[]): readonly { text: string; counts: Counts }[] {
    const known = counted.get(examples);
    if (known !== undefined) {
        return known;
    }
    const fresh = examples.map((text) => ({ text, counts: countsOf(text) }));
    counted.set(examples, fresh);
    return fresh;
}

function cosine(one: Counts, other: Counts): number {
    let shared = 0;
    for (const [word, count] of one) {
        shared += count * (other.get(word) ?? 0);
    }
    // The root of the product, not the product of the roots: it is exact when both are the same.
    return shared === 0 ? 0 : Math.min(1, shared / Math.sqrt(squareOf(one) * squareOf(other)));
}

function squareOf(counts: Counts): number {
    return [...counts.values()].reduce((sum, count) => sum + count * count, 0);
}
