import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stack } from "../../../scripts/lib/stack.mjs";

/** Declares the releases of releases.json. */
const RELEASES = `
const { CognigyFlowRelease } = require("pulumi-cognigy");
for (const [name, args] of Object.entries(require("./releases.json"))) {
    new CognigyFlowRelease(name, args);
}
`;

/** What a dynamic resource costs at least: the same arguments, a provider's text of 45 characters, and nothing done. */
export const NOTHING_LINE = 'exports.handler=()=>require("bench-nothing");';
const NOTHING = `
const pulumi = require("@pulumi/pulumi");
const line = ({ props, opts }) => ({ props: { ...props, __provider: ${JSON.stringify(NOTHING_LINE)} }, opts });
class Nothing extends pulumi.dynamic.Resource {
    constructor(name, args) {
        super({}, name, { ...args }, { transformations: [line] }, "bench", "Nothing");
    }
}
for (const [name, args] of Object.entries(require("./releases.json"))) {
    new Nothing(name, args);
}
`;
const NOTHING_PROVIDER = `
exports.create = async (inputs) => ({ id: inputs.flowId, outs: inputs });
exports.update = async (id, olds, news) => ({ outs: news });
exports.read = async (id, props) => ({ id, props });
`;
/** Does nothing either, and has as much to keep as a release. */
const KEEPING_PROVIDER = `
const { inputs, outputs } = require("./kept.json");
const own = (kept, { __provider, ...news }) => ({ ...news, ...kept, versionTag: news.versionTag });
exports.check = async (olds, news) => ({ inputs: own(inputs, news) });
exports.create = async (news) => ({ id: news.flowId, outs: own(outputs, news) });
exports.update = async (id, olds, news) => ({ outs: own(outputs, news) });
exports.read = async (id, props) => ({ id, props });
`;

/**
 * A stack of releases.
 *
 * @param {string} engine The folder that holds `pulumi`.
 * @param {{ env: Record<string, string> }} platform
 */
export function releaseStack(engine, platform) {
    return stackOf(engine, RELEASES, platform.env);
}

/**
 * A stack of as many resources that do nothing: what the engine takes by itself.
 *
 * @param {string} engine
 * @param {string} folder For what is written on the way.
 */
export function nothingStack(engine, folder) {
    return dynamicStack(engine, folder, { "index.js": NOTHING_PROVIDER });
}

/**
 * A stack of as many resources that do nothing, and keep what a release keeps: what the engine takes for writing that down.
 *
 * @param {string} engine
 * @param {string} folder For what is written on the way.
 * @param {{ inputs: object, outputs: object }} release As a state has it.
 */
export function keepingStack(engine, folder, { inputs, outputs }) {
    const kept = JSON.stringify({ inputs, outputs });
    return dynamicStack(engine, folder, { "index.js": KEEPING_PROVIDER, "kept.json": kept });
}

function dynamicStack(engine, folder, files) {
    const modules = mkdtempSync(join(folder, "modules-"));
    mkdirSync(join(modules, "bench-nothing"));
    for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(modules, "bench-nothing", name), text);
    }
    return stackOf(engine, NOTHING, { NODE_PATH: modules });
}

async function stackOf(engine, program, env) {
    const stack = new Stack(engine, {
        files: {
            "Pulumi.yaml": "name: bench\nruntime: { name: nodejs, options: { typescript: false } }\n",
            "package.json": '{ "name": "bench", "main": "index.js" }\n',
            "index.js": program,
            "releases.json": "{}",
        },
        env,
    });
    await stack.init();
    return {
        folder: stack.folder,
        /** What the program declares from now on. */
        declare: (releases) => stack.write("releases.json", JSON.stringify(releases)),
        /** Runs `pulumi`, and fails when it does. */
        run: async (...args) => {
            const { code, text } = await stack.pulumi(args);
            if (code !== 0) {
                throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${text.slice(-3000)}`);
            }
            return text;
        },
        /** The resources of the state, and the size of its file in bytes. */
        state: () => readState(join(stack.folder, "state", ".pulumi", "stacks")),
        remove: () => stack.remove(),
    };
}

function readState(folder) {
    const file = readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)))
        .find((name) => name.endsWith("demo.json") && statSync(name).isFile());
    const text = readFileSync(file, "utf8");
    return { resources: JSON.parse(text).checkpoint.latest.resources ?? [], bytes: text.length };
}
