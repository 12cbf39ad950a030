import { demoClient, demoUser, type Emulator, type PlatformData, startEmulator } from "cognigy-emulator";
import type { CognigyFlowReleaseArgs } from "pulumi-cognigy";
import { Stack } from "../../scripts/lib/stack.mjs";
import { ensureEngine } from "../../scripts/setup.mjs";
import { inFull } from "./in-full";

/** A release as a program declares it, and whatever a user may write by mistake. */
export type Declared = Partial<Record<keyof CognigyFlowReleaseArgs, unknown>> & Record<string, unknown>;

/** The release that the tests vary. */
export const BOOKING = {
    botId: "bot_12345",
    flowId: "flow_67890",
    versionTag: "v1.4.2",
    changelog: "Updated intent mapping for booking flow.",
    targetEnvironment: "production",
    simulation: {
        testCases: [
            { input: "book a flight", expectedIntent: "book_flight" },
            { input: "cancel reservation", expectedIntent: "cancel_reservation" },
        ],
    },
} satisfies Declared;

/** Declares the releases of releases.json, and says which are live. */
const PROGRAM = `
const { CognigyFlowRelease } = require("pulumi-cognigy");
for (const [name, args] of Object.entries(require("./releases.json"))) {
    const release = new CognigyFlowRelease(name, args);
    const { createdBy, onDelete, deployment, simulation, health, gates, artifact, changes } = release;
    exports[name] = release.liveVersionTag;
    exports[name + "Outputs"] = { createdBy, onDelete, deployment, simulation, health, gates, artifact, changes };
}
`;

/** The credentials of the emulator's demo client, as a user's environment holds them. */
export function credentials(url: string): Record<string, string> {
    return {
        COGNIGY_BASE_URL: url,
        COGNIGY_CLIENT_ID: demoClient.clientId,
        COGNIGY_CLIENT_SECRET: demoClient.clientSecret,
        COGNIGY_AUDIENCE: demoClient.audience,
    };
}

/** The credentials of the emulator's demo user, for the Cognigy.AI API. */
export function aiCredentials({ url, endpointUrl }: Emulator): Record<string, string> {
    return {
        COGNIGY_API: "cognigy-ai",
        // The emulator lets conversations follow at once.
        COGNIGY_PROPAGATION_SECONDS: "0",
        COGNIGY_BASE_URL: url,
        COGNIGY_ENDPOINT_BASE_URL: endpointUrl,
        COGNIGY_API_KEY: demoUser.apiKey,
    };
}

/** How a stack of releases is started. */
export interface ReleaseStackOptions {
    env?: Record<string, string>;
    program?: string;
    modules?: string;
    /** What the emulator starts with. @default the booking flow */
    data?: PlatformData;
    /** Which dialect the stack's tenant speaks. @default bots */
    api?: "bots" | "cognigy-ai";
}

/** A stack whose program declares releases, run by the real engine against an emulator of its own. */
export class ReleaseStack {
    private constructor(
        readonly emulator: Emulator,
        readonly stack: Stack,
    ) {}

    static async start(options: ReleaseStackOptions = {}): Promise<ReleaseStack> {
        const emulator = await startEmulator(options.data ? { data: options.data } : {});
        const engine = process.env.PULUMI_COGNIGY_ENGINE ?? (await ensureEngine());
        const stack = new Stack(engine, {
            files: {
                "Pulumi.yaml": "name: releases\nruntime: { name: nodejs, options: { typescript: false } }\n",
                "package.json": '{ "name": "releases", "main": "index.js" }\n',
                "index.js": options.program ?? PROGRAM,
                "releases.json": "{}",
            },
            env: {
                ...(options.api === "cognigy-ai" ? aiCredentials(emulator) : credentials(emulator.url)),
                ...options.env,
            },
            ...(options.modules ? { modules: options.modules } : {}),
        });
        await stack.init();
        return new ReleaseStack(emulator, stack);
    }

    /** What the program declares from now on. */
    declare(releases: Record<string, Declared>): void {
        this.stack.write("releases.json", JSON.stringify(releases));
    }

    preview(...options: string[]): Promise<Printed> {
        return this.stack.pulumi(["preview", ...options]);
    }

    up(...options: string[]): Promise<Printed> {
        return this.stack.pulumi(["up", "--yes", ...options]);
    }

    refresh(): Promise<Printed> {
        return this.stack.pulumi(["refresh", "--yes", "--skip-preview"]);
    }

    destroy(): Promise<Printed> {
        return this.stack.pulumi(["destroy", "--yes", "--skip-preview"]);
    }

    /** The whole state, as text. */
    async state(): Promise<string> {
        return (await this.stack.pulumi(["stack", "export"])).text;
    }

    /** What the state keeps of a release. */
    async resource(name: string): Promise<Resource> {
        const { deployment } = JSON.parse(await this.state()) as { deployment: { resources?: Resource[] } };
        const found = deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
        if (!found) {
            throw new Error(`there is no ${name} in the state`);
        }
        return { ...found, inputs: inFull(found.inputs), outputs: inFull(found.outputs) };
    }

    /** What the program sees of a release. */
    async outputs(name: string): Promise<Record<string, unknown>> {
        return JSON.parse((await this.stack.pulumi(["stack", "output", "--json"])).text)[`${name}Outputs`];
    }

    /** What the platform says is live for the booking flow in production. */
    async live(): Promise<string | undefined> {
        const { live } = await this.emulator.control.state();
        return live.find((one) => one.flowId === "flow_67890" && one.targetEnvironment === "production")
            ?.versionTag;
    }

    /** The requests that change something on the platform, and the simulations, since the last `forget()`. */
    async changing(): Promise<string[]> {
        const requests = await this.emulator.control.requests();
        return requests
            .filter(({ method, path }) => method === "POST" && path !== "/oauth/token")
            .map(({ method, path }) => `${method} ${path}`);
    }

    forget(): Promise<void> {
        return this.emulator.control.clearRequests();
    }

    async stop(): Promise<void> {
        await this.emulator.close();
        this.stack.remove();
    }
}

/** What a command ended with. */
export interface Printed {
    code: number;
    text: string;
}

/** A resource as the state keeps it. */
export interface Resource {
    urn: string;
    id: string;
    type: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
    /** Where the program declares it, as a URL with line and column. */
    sourcePosition: string;
}
