import { releasePolicy } from "../release-policy";

interface Settings {
    minLength: number;
    forbiddenWords: string[];
}

/** Refuses an empty or placeholder changelog, and one that says the same as the last. */
export const changelogRequired = releasePolicy<Settings>({
    name: "changelog-required",
    description: "A release says what changed, and not what the last one said.",
    settings: {
        minLength: {
            type: "integer",
            minimum: 1,
            default: 10,
            description: "Characters that a changelog has at least.",
        },
        forbiddenWords: {
            type: "array",
            items: { type: "string" },
            default: ["todo", "tbd", "wip", "fixme", "lorem", "placeholder"],
            description:
                "Words that stand for a changelog that is still to be written; upper and lower case are the same.",
        },
    },
    judge: ({ changelog, context }, { minLength, forbiddenWords }) => {
        const text = changelog.trim();
        const advice = "Say in `changelog` what changed for the bot's users";
        if (text.length < minLength) {
            return {
                found: `the changelog has ${text.length} characters`,
                expected: `at least ${minLength}`,
                advice,
            };
        }
        const words = new Set(text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
        const placeholder = forbiddenWords.find((word) => words.has(word.toLowerCase()));
        if (placeholder !== undefined) {
            return {
                found: `the changelog says "${placeholder}"`,
                expected: "a text that is no placeholder",
                advice,
            };
        }
        if (context?.previous?.changelog?.trim() === text) {
            return {
                found: `the changelog is that of ${context.previous.versionTag}`,
                expected: "what changed since then",
                advice,
            };
        }
        return undefined;
    },
});
