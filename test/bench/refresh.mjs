import { editAll, landscape, releasesOf } from "./support/landscape.mjs";
import { startPlatform } from "./support/platform.mjs";
import { providerFor } from "./support/provider.mjs";

const BOTS = 10;
const FLOWS = 50;
const CHANGED = 20;

/** Refreshes the releases of many flows of a few bots, after some flows were edited, and counts the platform's calls. */
export async function refresh(folder) {
    const data = landscape({ bots: BOTS, flows: FLOWS });
    const platform = await startPlatform(folder, data);
    try {
        const more = { simulation: undefined, artifact: undefined, dependencies: { validate: false } };
        const releases = Object.values(releasesOf(data, "v1.0.0", more));
        const states = await live(platform, folder, releases);
        const edited = { bots: [{ ...data.bots[0], flows: data.bots[0].flows.slice(0, CHANGED) }] };
        await editAll(platform.control, edited, 1);
        await platform.control.clearRequests();

        const provider = providerFor(platform, folder);
        const seen = await Promise.all(states.map(({ id, outs }) => provider.read(id, outs)));
        const requests = await platform.control.requests();
        const count = (pattern) => requests.filter(({ path }) => pattern.test(path)).length;
        const [listings, drafts, exports] = [/\/deployments$/, /\/flows\//, /\/export$/].map(count);
        const told = seen.filter(({ props }) => "unreleasedChanges" in JSON.parse(props.record)).length;
        const calls = requests.filter(({ path }) => path !== "/oauth/token").length;
        const most = 4 * BOTS + CHANGED;
        return {
            name: "refresh",
            work: `refresh ${releases.length} releases of ${BOTS} bots, ${CHANGED} of them with edits in the flow`,
            measured:
                `${calls} calls: ${listings} for what is live, ${drafts} for the drafts, ${exports} for what was released; ` +
                `${told} edits told`,
            target: `at most ${most}: 4 a bot, and 1 a release that changed`,
            met: calls <= most && told === CHANGED,
            why: "the contract lists no drafts, and no call tells of several flows whether they were edited: each is read",
            calls: { listings, drafts, exports },
        };
    } finally {
        platform.stop();
    }
}

async function live(platform, folder, releases) {
    const provider = providerFor(platform, folder);
    return Promise.all(
        releases.map(async (release) => provider.create((await provider.check({}, release)).inputs)),
    );
}
