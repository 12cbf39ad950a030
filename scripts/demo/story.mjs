import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../lib/root.mjs";
import { run } from "../lib/run.mjs";
import { Stack } from "../lib/stack.mjs";
import { bookingProgram, bookingProject } from "./booking.mjs";

const BOT = "bot_12345";
const FLOW = "flow_67890";
/** The case node of the flow that leads "cancel reservation" on. */
const CANCEL_CASE = "n08";

/**
 * Tells the story of a release, with the real engine.
 *
 * @param {string} engine The folder that holds `pulumi`.
 * @returns {Promise<number>} The exit code: 0 when every step ended as it should.
 */
export async function tellStory(engine) {
    const { demoClient, startEmulator } = createRequire(import.meta.url)("cognigy-emulator");
    const emulator = await startEmulator();
    const stack = new Stack(engine, {
        files: bookingProject(),
        env: {
            COGNIGY_BASE_URL: emulator.url,
            COGNIGY_CLIENT_ID: demoClient.clientId,
            COGNIGY_CLIENT_SECRET: demoClient.clientSecret,
            COGNIGY_AUDIENCE: demoClient.audience,
        },
    });
    try {
        await stack.init();
        const failed = await steps(emulator.control, stack);
        console.log(
            failed === 0 ? "\nThe demo ended as it should." : `\n${failed} steps did not end as they should.`,
        );
        return failed === 0 ? 0 : 1;
    } finally {
        await emulator.close();
        stack.remove();
    }
}

async function steps(control, stack) {
    let failed = 0;

    /** One step: its heading, a command, and what it must end with. */
    const step = async (title, args, { code, says = [], live }) => {
        console.log(`\n\n━━━ ${title}\n$ pulumi ${args.join(" ")}\n`);
        const outcome = await stack.pulumi(args, { output: "tee" });
        const problems = [
            ...((outcome.code === 0) === (code === 0) ? [] : [`exit code ${outcome.code}, expected ${code}`]),
            ...says.filter((text) => !outcome.text.includes(text)).map((text) => `it does not say "${text}"`),
            ...(await liveProblems(control, live)),
        ];
        failed += Number(problems.length > 0);
        console.log(problems.length === 0 ? "✓ as it should be" : `✗ ${problems.join("; ")}`);
    };
    const declare = (tag, changelog) => stack.write("index.ts", bookingProgram(tag, changelog));
    const draft = await control.getFlow(BOT, FLOW);

    await step("v1.4.2 is declared: what would change?", ["preview", "--diff"], {
        code: 0,
        says: ["contentHash", "destructive: say “Ask for a rating” removed after “Goodbye”", "+ 2 to create"],
        live: "v1.4.1",
    });
    await step("v1.4.2 goes live", ["up", "--yes"], { code: 0, says: ["+ 2 created"], live: "v1.4.2" });

    await control.clearRequests();
    await step("Nothing has changed: nothing is done", ["up", "--yes"], {
        code: 0,
        says: ["2 unchanged"],
        live: "v1.4.2",
    });
    failed += await expectOnlyReads(control);

    declare("v1.4.3", "Shorter way to cancel a reservation.");
    await control.setResource(BOT, "intent", "cancel_reservation", "missing");
    await step("v1.4.3 needs an intent that was deleted: blocked in preview", ["preview"], {
        code: 1,
        says: ["dependency_validation_failed", 'intent "cancel_reservation" is missing', "v1.4.2 stays live"],
        live: "v1.4.2",
    });

    await control.setResource(BOT, "intent", "cancel_reservation", "ok");
    await control.patchFlow(BOT, FLOW, { nodes: { [CANCEL_CASE]: null } });
    await step("The intent is back, but v1.4.3 no longer leads to it: blocked by simulation", ["preview"], {
        code: 1,
        says: [
            "simulation_failed",
            '"cancel reservation" should reach intent "cancel_reservation"',
            "v1.4.2 stays live",
        ],
        live: "v1.4.2",
    });

    await control.putFlow(
        BOT,
        FLOW,
        withWelcome(draft, "Hello {{context.customer}}, where shall we fly today?"),
    );
    declare("v1.4.4", "A shorter welcome.");
    await control.health(BOT, { sequence: [false] });
    await step("v1.4.4 passes its gates, deploys, and turns unhealthy: rolled back", ["up", "--yes"], {
        code: 1,
        says: ["health_check_failed", "was rolled back", "v1.4.2 is live again"],
        live: "v1.4.2",
    });

    await control.putFlow(
        BOT,
        FLOW,
        withWelcome(draft, "Welcome {{context.customer}}! Where shall we fly today?"),
    );
    declare("v1.4.5", "A shorter welcome, mended.");
    await step("v1.4.5 is the repaired one: live", ["up", "--yes", "--diff"], {
        code: 0,
        says: ["Where shall we fly today?", "~ 1 updated"],
        live: "v1.4.5",
    });

    await step("Does the state tell the truth?", ["refresh", "--yes"], {
        code: 0,
        says: ["2 unchanged"],
        live: "v1.4.5",
    });

    failed += await showMetrics(stack);

    await step("The release is taken out: rolled back to the one before", ["destroy", "--yes"], {
        code: 0,
        says: ["- 2 deleted"],
        live: "v1.4.2",
    });
    return failed;
}

async function liveProblems(control, expected) {
    const { live } = await control.state();
    const tag = live.find(
        ({ flowId, targetEnvironment }) => flowId === FLOW && targetEnvironment === "production",
    );
    return tag?.versionTag === expected ? [] : [`${tag?.versionTag} is live, expected ${expected}`];
}

async function expectOnlyReads(control) {
    const requests = await control.requests();
    const changing = requests.filter(({ method, path }) => method === "POST" && path !== "/oauth/token");
    console.log(
        changing.length === 0
            ? `✓ ${requests.length} requests, none of which deploys or simulates`
            : `✗ ${changing.map(({ method, path }) => `${method} ${path}`).join(", ")}`,
    );
    return Number(changing.length > 0);
}

async function showMetrics(stack) {
    console.log("\n\n━━━ How are we doing?\n$ cognigy-release metrics\n");
    const command = join(root, "node_modules", "pulumi-cognigy", "dist", "cli.js");
    const table = await run(process.execPath, [command, "metrics"], { cwd: stack.project, output: "tee" });
    const { stdout } = await run(process.execPath, [command, "metrics", "--json"], { cwd: stack.project });
    const { total_deployments: total, successful_deployments: successful } = JSON.parse(stdout);
    const good = table.ok && total === 5 && successful === 2;
    console.log(
        good ? "✓ as it should be" : `✗ ${total} attempted and ${successful} successful, expected 5 and 2`,
    );
    return Number(!good);
}

/** The flow with another welcome. */
function withWelcome(flow, text) {
    const nodes = flow.nodes.map((node) =>
        node.label === "Welcome" ? { ...node, config: { ...node.config, text: [text] } } : node,
    );
    return { ...flow, nodes };
}
