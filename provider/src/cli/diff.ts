import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import pico from "picocolors";
import { isPlatformError } from "../cognigy/errors.js";
import type { Deployment } from "../cognigy/platform.js";
import { flowDiffHtml } from "../formats/html.js";
import { flowDiffJson } from "../formats/json.js";
import { flowDiffMarkdown } from "../formats/markdown.js";
import { flowDiffSideBySide } from "../formats/side-by-side.js";
import type { Told } from "../formats/texts.js";
import { Listing } from "../pipeline/listing.js";
import { standingIn } from "../pipeline/live.js";
import { sharedWithOthers } from "../pipeline/other-flows.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { diffFlows } from "../release/diff/diff.js";
import { ReleaseError } from "../release/failure.js";
import type { FlowDefinition } from "../release/flow.js";
import type { ReleaseInputs } from "../release/inputs.js";
import { addReleaseOptions, type ReleaseOptions, readRelease } from "./release-option.js";
import { addTenantOptions, openTenant, type TenantOptions } from "./tenant-option.js";
import { waitingFor } from "./waiting.js";

/** A terminal that does not say how wide it is has so many columns. */
const USUAL_WIDTH = 100;

const FORMATS = {
    text: (diff: Told, title: string) =>
        flowDiffSideBySide(diff, title, {
            columns: process.stdout.columns ?? USUAL_WIDTH,
            colours: pico.isColorSupported,
        }),
    markdown: flowDiffMarkdown,
    json: (diff: Told) => flowDiffJson(diff),
    html: flowDiffHtml,
};

interface Options extends ReleaseOptions, TenantOptions {
    from?: string;
    to?: string;
    format: keyof typeof FORMATS;
    out?: string;
}

/** `cognigy-release diff`: what a release would change in the conversation, the whole of it. */
export function diffCommand(): Command {
    return addTenantOptions(addReleaseOptions(new Command("diff")))
        .description("Compares a flow as it is edited now with what is live, or two released versions.")
        .option("--environment <name>", "where it is live; production unless the release says otherwise")
        .option("--from <tag>", "the version before (default: what is live)")
        .option("--to <tag>", "the version after (default: the flow as it is edited now)")
        .addOption(
            new Option("--format <format>", "how it is told").choices(Object.keys(FORMATS)).default("text"),
        )
        .option("--json", "the same as --format json")
        .option("--out <file>", "where it is written (default: printed)")
        .addHelpText(
            "after",
            "\nExamples:\n  $ cognigy-release diff --bot bot_12345 --flow flow_67890" +
                "\n  $ cognigy-release diff --release booking.json --format markdown --out changes.md" +
                "\n  $ cognigy-release diff --bot bot_12345 --flow flow_67890 --from v1.4.1 --to v1.4.2 --format html",
        )
        .action(async (options: Options & { json?: boolean }) => {
            const inputs = await readRelease(options);
            const pipeline = await openTenant(options);
            const { title, diff } = await waitingFor("comparing", compare(pipeline, inputs, options));
            const format = options.json ? "json" : options.format;
            const text = `${FORMATS[format](diff, title).trimEnd()}\n`;
            if (options.out === undefined) {
                process.stdout.write(text);
                return;
            }
            await writeFile(options.out, text).catch((error: NodeJS.ErrnoException) => {
                throw new ReleaseError(`${options.out} cannot be written (${error.code}).`);
            });
        });
}

async function compare(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    { from, to }: Pick<Options, "from" | "to">,
): Promise<{ title: string; diff: Told }> {
    const completed = await deployed(pipeline, inputs, from !== undefined);
    const before = from ?? liveTag(completed, inputs);
    const [live, next] = await Promise.all([
        released(pipeline, inputs, before),
        to === undefined ? pipeline.platform.flow(inputs) : released(pipeline, inputs, to),
    ]);
    const diff = diffFlows(live, next);
    const shared = await sharedWithOthers(pipeline, inputs, {
        ...{ diff, live, next, completed, namingAll: true },
        // The platform lists what the flow needs as it is edited now.
        listed: to === undefined ? () => new Listing(pipeline, inputs).all : undefined,
    });
    return {
        title: `${inputs.flowId}: ${before} → ${to ?? "as it is edited now"}`,
        diff: { ...diff, ...(shared ? { shared } : {}) },
    };
}

/** @param optional whether the comparison can be made without it. */
async function deployed(
    { platform }: Pipeline,
    { botId, targetEnvironment }: ReleaseInputs,
    optional: boolean,
): Promise<Deployment[]> {
    try {
        return await platform.deployments(botId, "completed", targetEnvironment);
    } catch (error) {
        if (optional && isPlatformError(error)) {
            return [];
        }
        throw error;
    }
}

function liveTag(completed: readonly Deployment[], inputs: ReleaseInputs): string {
    const { live } = standingIn(completed, inputs);
    if (!live) {
        throw new ReleaseError(
            `nothing of flow ${inputs.flowId} is live in ${inputs.targetEnvironment}: there is nothing to compare with. ` +
                "Say with `--environment` where it is live, or with `--from` which version is meant.",
        );
    }
    return live.versionTag;
}

async function released(
    { platform }: Pipeline,
    inputs: ReleaseInputs,
    versionTag: string,
): Promise<FlowDefinition> {
    const flow = await platform.releasedFlow(inputs, versionTag);
    if (!flow) {
        throw new ReleaseError(
            `the content of ${versionTag} of flow ${inputs.flowId} is not shown: check the tag. The bots API shows it to a client ` +
                "with the scope export:read; of a Cognigy.AI snapshot it is known where a release has kept it.",
        );
    }
    return flow;
}
