import { editAll, landscape, releasesOf } from "./support/landscape.mjs";
import { startPlatform } from "./support/platform.mjs";
import { releaseStack } from "./support/stacks.mjs";

/** What each kind of call is known by. */
const KINDS = [
    ["token", /^POST \/oauth\/token/],
    ["flow", /^GET .*\/flows\//],
    ["page", /^GET .*\/dependencies/],
    ["dependency", /^HEAD /],
    ["simulation", /^POST .*\/simulations/],
    ["simulation poll", /^GET .*\/simulations/],
    ["live", /^GET .*\/deployments\?completed/],
    ["slot", /^GET .*\/deployments\?in_progress/],
    ["deploy", /^POST .*\/deployments/],
    ["deployment poll", /^GET .*\/status/],
    ["health", /^GET .*\/health/],
    ["export", /^GET .*\/export/],
];
/** What one `up` of one new release needs at least, in the order of the kinds; polls as they come. */
const LEAST = {
    token: 1,
    flow: 1,
    page: 1,
    dependency: 8,
    simulation: 1,
    live: 1,
    deploy: 1,
    health: 1,
    export: 1,
};

/** Counts the calls of the first `up` of one release, by kind, through the engine. */
export async function callsPerRelease(folder, engine) {
    const data = landscape({ bots: 1, flows: 1 });
    const platform = await startPlatform(folder, data);
    const stack = await releaseStack(await engine(), platform);
    try {
        stack.declare(releasesOf(data, "v1.0.0"));
        await stack.run("up", "--yes");
        const first = await countedCalls(platform);
        await editAll(platform.control, data, 1);
        stack.declare(releasesOf(data, "v1.1.0"));
        await stack.run("up", "--yes");
        const next = await countedCalls(platform);
        const more = Object.entries(LEAST).filter(([kind, least]) => first[kind] > least);
        return {
            name: "calls",
            work: "calls of one `up` of one release: preview, and update, which the engine runs in four processes",
            measured: `${text(first)}. Of the next version: ${text(next)}`,
            target: text(LEAST),
            met: more.length === 0,
            why:
                "nothing is remembered from one process to the next but evidence, and what is decided on is looked at anew: " +
                "a token for each process that calls; the flow before its gates and after them, again in the update, and right " +
                "before the deployment; its dependencies in preview and update; what is live in preview and update, right before " +
                "the deployment, and after its bake",
            calls: { first, next, least: LEAST },
        };
    } finally {
        platform.stop();
        stack.remove();
    }
}

async function countedCalls({ control }) {
    const names = (await control.requests()).map(
        ({ method, path, query }) => `${method} ${path}${query.status ? `?${query.status}` : ""}`,
    );
    await control.clearRequests();
    return Object.fromEntries(
        KINDS.map(([kind, pattern]) => [kind, names.filter((name) => pattern.test(name)).length]),
    );
}

function text(calls) {
    return Object.entries(calls)
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(", ");
}
