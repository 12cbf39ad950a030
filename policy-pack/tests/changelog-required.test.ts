import { changelogRequired } from "../src";
import { message, release, UNKNOWN, undecidedAt, violations } from "./support/release";

const ADVICE = "Say in `changelog` what changed for the bot's users.";

describe("changelog-required", () => {
    it.each([
        "Updated intent mapping for booking flow.",
        "0123456789",
        "Wipes out old bookings",
        "Überarbeitete Begrüßung",
    ])("lets %j through", (changelog) => {
        expect(violations(changelogRequired, release({ changelog }))).toEqual([]);
    });

    it.each([
        ["", 0],
        ["  \n fixed  \t", 5],
        ["012345678", 9],
    ])("refuses %j, which is too short", (changelog, length) => {
        expect(violations(changelogRequired, release({ changelog }))).toEqual([
            message(`the changelog has ${length} characters; expected at least 10. ${ADVICE}`),
        ]);
    });

    it.each([
        ["TODO: write this down", "todo"],
        ["This text is still tbd.", "tbd"],
        ["[WIP] booking flow", "wip"],
        ["fixme/before release", "fixme"],
        ["Lorem ipsum dolor sit amet", "lorem"],
        ["a_placeholder for now", "placeholder"],
    ])("refuses %j, which is a placeholder", (changelog, word) => {
        expect(violations(changelogRequired, release({ changelog }))).toEqual([
            message(`the changelog says "${word}"; expected a text that is no placeholder. ${ADVICE}`),
        ]);
    });

    it("refuses the text of the last release, whatever the space around it", () => {
        const same = release({
            changelog: "The bot asks where to.",
            context: { previous: { versionTag: "v1.4.1", changelog: " The bot asks where to.\n" } },
        });
        expect(violations(changelogRequired, same)).toEqual([
            message(`the changelog is that of v1.4.1; expected what changed since then. ${ADVICE}`),
        ]);
    });

    it.each([
        ["nothing was live before", { previous: undefined }],
        ["nobody knows the last changelog", { previous: { versionTag: "v1.4.1" } }],
    ])("lets a text through where %s", (_, context) => {
        expect(violations(changelogRequired, release({ context }))).toEqual([]);
    });

    it("takes the length and the words from the config, in upper and lower case", () => {
        const changelog = "Later";
        expect(violations(changelogRequired, release({ changelog }), { minLength: 5 })).toEqual([]);
        expect(
            violations(changelogRequired, release({ changelog }), {
                minLength: 5,
                forbiddenWords: ["LATER"],
            }),
        ).toEqual([message(`the changelog says "LATER"; expected a text that is no placeholder. ${ADVICE}`)]);
    });

    it.each([
        ["changelog", { changelog: UNKNOWN }],
        ["context", { context: UNKNOWN }],
        ["context.previous", { context: { previous: UNKNOWN } }],
    ])("waits for %s to be known", (path, changes) => {
        expect(undecidedAt(changelogRequired, release(changes))).toBe(path);
    });
});
