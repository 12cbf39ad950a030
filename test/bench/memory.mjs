import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/root.mjs";

const MB = 1024 * 1024;
const DEPENDENCIES = 10_000;
const PAGE = 100;
/** What a page of dependencies weighs, in bytes: each item says more than the contract asks for. */
const PAGE_BYTES = 0.95 * MB;
const EXPORT_BYTES = 105 * MB;
const MOST = 150;

/** Releases a flow with 10,000 dependencies, and looks how much a process grows that reads some 200 MB of answers for it. */
export async function memory(folder) {
    const server = await heavyPlatform();
    try {
        const child = join(root, "test", "bench", "support", "memory-child.mjs");
        const { stdout } = await promisify(execFile)(process.execPath, [child, server.url], {
            cwd: folder,
            env: { ...process.env, XDG_CACHE_HOME: folder },
        });
        const { grown, checked, status } = JSON.parse(stdout.trim().split("\n").at(-1));
        const whole = status === "completed" && checked === DEPENDENCIES;
        return {
            name: "memory",
            work: `release a flow with ${DEPENDENCIES} dependencies`,
            measured: `${grown.toFixed(0)} MB over idle at most, for ${(server.sent() / MB).toFixed(0)} MB of answers; ${status}, ${checked} checked`,
            target: `at most ${MOST} MB for 200 MB`,
            met: whole && grown <= MOST && server.sent() >= 200 * MB,
            megabytes: grown,
        };
    } finally {
        server.stop();
    }
}

/** A platform whose answers are as large as the contract takes them. */
async function heavyPlatform() {
    const deployed = [];
    let sent = 0;
    const answers = [
        [/^POST \/oauth\/token/, () => JSON.stringify({ access_token: "token", expires_in: 3600 })],
        [/^GET .*\/flows\//, () => FLOW],
        [/^GET .*\/dependencies\?.*page=(\d+)/, ([, page]) => pageOf(Number(page))],
        [/^HEAD /, () => ""],
        [
            /^POST .*\/deployments$/,
            () => {
                deployed.push({
                    deploymentId: "dep_1",
                    botId: "bot_heavy",
                    flowId: "flow_heavy",
                    versionTag: "v1.0.0",
                    targetEnvironment: "production",
                    status: "completed",
                    createdAt: "2026-01-02T03:04:05Z",
                });
                return JSON.stringify({ deploymentId: "dep_1" });
            },
        ],
        [/^GET .*\/deployments\?.*completed/, () => JSON.stringify({ items: deployed })],
        [/^GET .*\/deployments\?/, () => JSON.stringify({ items: [] })],
        [/^GET .*\/status/, () => JSON.stringify({ status: "completed" })],
        [/^GET .*\/health/, () => JSON.stringify({ healthy: true })],
    ];
    const server = createServer((request, response) => {
        request.resume();
        const name = `${request.method} ${request.url}`;
        if (/\/export/.test(name)) {
            sent += EXPORT_BYTES;
            return void sendExport(response);
        }
        for (const [pattern, answer] of answers) {
            const match = pattern.exec(name);
            if (match) {
                const text = answer(match);
                sent += text.length;
                return response.end(text);
            }
        }
        response.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${server.address().port}`,
        sent: () => sent,
        stop: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}

const FLOW = JSON.stringify({
    id: "flow_heavy",
    updated_at: "2026-01-02T03:04:05Z",
    nodes: Array.from({ length: 5000 }, (_, index) => ({
        id: `n${index}`,
        type: "say",
        label: `Step ${index}`,
        next: `n${index + 1}`,
        config: { text: [`This is what step ${index} says to people.`] },
    })),
});

function pageOf(page) {
    const last = DEPENDENCIES / PAGE;
    const more = "x".repeat(PAGE_BYTES / PAGE - 150);
    const items = Array.from({ length: page > last ? 0 : PAGE }, (_, index) => ({
        resourceType: "entity",
        resourceId: `entity_${page}_${index}`,
        referencePath: `nodes/n${index}/config/entities/${page}`,
        more,
    }));
    return JSON.stringify({ items });
}

async function sendExport(response) {
    const chunk = Buffer.alloc(MB, "x");
    for (let sent = 0; sent < EXPORT_BYTES && !response.destroyed; sent += chunk.length) {
        await new Promise((resolve) => response.write(chunk, resolve));
    }
    response.end();
}
