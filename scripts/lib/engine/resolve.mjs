import { join } from "node:path";
import { Failure, Interrupted, reason } from "../failure.mjs";
import { withLock } from "../lock.mjs";
import { say, tilde } from "../say.mjs";
import { addToCache, cachedEngine, cacheFolder } from "./cache.mjs";
import { buildWithGo } from "./go-build.mjs";
import { assertReachable, installOfficially } from "./official.mjs";
import { engineOnPath } from "./on-path.mjs";
import { OLDEST_ENGINE, OLDEST_GO } from "./versions.mjs";

/**
 * @typedef {object} Way One way to come by an engine.
 * @property {string} name
 * @property {() => Promise<{ folder: string, version: string } | undefined>} find Nothing when there is none; fails
 *     when what is there is of no use.
 */

/**
 * @typedef {object} ResolveOptions
 * @property {string} root The checkout.
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<unknown>} ensureDependencies
 * @property {typeof fetch} [fetcher]
 */

/**
 * Finds a Pulumi engine, or else installs or builds one, and says which it took.
 *
 * @param {ResolveOptions} options
 * @returns {Promise<string>} the folder that holds `pulumi`
 */
export async function resolveEngine(options) {
    const folder = cacheFolder(options.env);
    const [path, cache, official, go] = ways(folder, options);
    const outcomes = new Map();
    const found = (await firstOf([path, cache], outcomes)) ?? (await addOne());
    if (found === undefined) {
        throw new Failure(explain(outcomes));
    }
    return found;

    async function addOne() {
        try {
            // Whoever had to wait finds in the cache what the owner of the lock has put there.
            return await withLock(`${folder}.lock`, "getting the Pulumi engine", () =>
                firstOf([cache, official, go], outcomes),
            );
        } catch (error) {
            if (error instanceof Failure) {
                throw error;
            }
            outcomes.set("a new engine", `it cannot be kept in ${folder}: ${reason(error)}`);
            return undefined;
        }
    }
}

/** @returns {Way[]} */
function ways(folder, { root, env, ensureDependencies, fetcher = fetch }) {
    const stamps = join(root, ".stamps");
    const cached = () => cachedEngine(folder, env, stamps);
    return [
        { name: "PATH", find: () => engineOnPath(env, stamps) },
        { name: "the cache", find: cached },
        {
            name: "the official installer",
            find: async () => {
                await assertReachable(fetcher);
                await ensureDependencies();
                await addToCache(folder, (draft) => installOfficially(draft, { root, env }), env);
                return cached();
            },
        },
        {
            name: "the Go module proxy",
            find: async () => {
                await addToCache(folder, (draft) => buildWithGo(draft, { root, folder, env }), env);
                return cached();
            },
        },
    ];
}

/** Tries one way after another, and notes in `outcomes` why each came to nothing. */
async function firstOf(candidates, outcomes) {
    for (const { name, find } of candidates) {
        try {
            const found = await find();
            if (found !== undefined) {
                say(`engine: Pulumi ${found.version} from ${name} (${tilde(found.folder)})`);
                return found.folder;
            }
            outcomes.set(name, "no `pulumi` there");
        } catch (error) {
            if (error instanceof Interrupted) {
                throw error;
            }
            if (outcomes.get(name) !== reason(error)) {
                say(`engine: not from ${name}: ${reason(error)}`);
            }
            outcomes.set(name, reason(error));
        }
    }
    return undefined;
}

function explain(outcomes) {
    const tried = [...outcomes].map(([name, why], index) => `  ${index + 1}. ${name}: ${why}`);
    return [
        "engine: there is no Pulumi engine to run on. Tried, in this order:",
        ...tried,
        `What to do: install Pulumi ${OLDEST_ENGINE} or newer (https://www.pulumi.com/docs/install/) so that \`pulumi\` is`,
        `on PATH, or install Go ${OLDEST_GO} or newer (https://go.dev/dl/), and run this again.`,
    ].join("\n");
}
