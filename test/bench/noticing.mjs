import { landscape, releasesOf } from "./support/landscape.mjs";
import { startPlatform } from "./support/platform.mjs";
import { providerFor } from "./support/provider.mjs";

/** How long the deployments take, in milliseconds: side by side, each of a bot of its own. */
const DEPLOYMENTS = [300, 500, 1000, 2000, 4000, 8000, 16_000];
const MOST_SHARE = 0.1;

/**
 * Deploys versions that take their time, and looks at the platform's own record of when it was asked: how long after each
 * deployment's end it gave the answer that tells of it.
 */
export async function noticing(folder) {
    const data = landscape({ bots: DEPLOYMENTS.length, flows: 1 });
    const platform = await startPlatform(folder, data);
    try {
        const provider = providerFor(platform, folder);
        const releases = Object.values(
            releasesOf(data, "v1.0.0", { simulation: undefined, artifact: undefined }),
        );
        const lags = [];
        const running = [];
        for (const [index, release] of releases.entries()) {
            const { inputs } = await provider.check({}, release);
            // One after the other: the scripts are used up in the order in which the deployments come.
            await platform.control.deploymentScript({ durationMs: DEPLOYMENTS[index] });
            const before = await deploymentCalls(platform);
            running.push(provider.create(inputs));
            while ((await deploymentCalls(platform)) === before) {
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
        }
        const ids = (await Promise.all(running)).map(({ outs }) => JSON.parse(outs.record).deploymentId);
        const requests = await platform.control.requests();
        const { deployments } = await platform.control.state();
        const endOf = (id) =>
            Date.parse(deployments.find(({ deploymentId }) => deploymentId === id).completedAt);
        for (const [index, id] of ids.entries()) {
            const last = requests.filter(({ path }) => path.endsWith(`/${id}/status`)).at(-1);
            lags.push((Date.parse(last.at) - endOf(id)) / DEPLOYMENTS[index]);
        }
        const worst = Math.max(...lags);
        return {
            name: "noticing",
            work: `notice the end of deployments that take ${DEPLOYMENTS[0] / 1000} to ${DEPLOYMENTS.at(-1) / 1000} s`,
            measured: `after ${percent(worst)} of the time at most (${lags.map(percent).join(", ")})`,
            target: `at most ${percent(MOST_SHARE)}`,
            met: worst <= MOST_SHARE,
            shares: lags,
        };
    } finally {
        platform.stop();
    }
}

async function deploymentCalls({ control }) {
    return (await control.requests()).filter(
        ({ method, path, status }) => method === "POST" && path.endsWith("/deployments") && status === 202,
    ).length;
}

function percent(share) {
    return `${(share * 100).toFixed(1)} %`;
}
