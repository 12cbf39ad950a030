import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import { Agent } from "undici";
import { systemClock } from "./clock.js";
import { resolveConnection } from "./cognigy/connection.js";
import { openPlatform, type PlatformParts } from "./cognigy/open-platform.js";
import type { ReadConfig } from "./cognigy/setting.js";
import { FileCache } from "./evidence/file-cache.js";
import { FileContents } from "./evidence/file-contents.js";
import { FileHandover } from "./evidence/file-handover.js";
import { FileEvidenceStore } from "./evidence/file-store.js";
import { type Author, actorOf } from "./ledger/author.js";
import { openLedger } from "./ledger/open-ledger.js";
import { RecordedContents } from "./ledger/recorded-contents.js";
import type { Pipeline } from "./pipeline/pipeline.js";
import { ReleaseError } from "./release/failure.js";
import { type InputProblem, problemText } from "./release/inputs.js";
import { cacheFolder, findProjectFolder, readSettings } from "./settings.js";
import { openTrace } from "./telemetry/open-trace.js";
import { tellPeople } from "./tell-people.js";

/** A pipeline, or what is wrong with the settings that it is made from. */
export type Opened = { pipeline: Pipeline } | { problems: [InputProblem, ...InputProblem[]] };

/** For whom a pipeline works. */
export interface Setting {
    /** Names the run in the ledger. Left out: a run of its own. */
    run?: string;
    /** Tells people how far a release is; by default through the engine. */
    progress?: Pipeline["progress"] | undefined;
    /** Tells people that the platform does not answer; by default as progress. */
    outage?: Pipeline["progress"] | undefined;
}

// The same for every release of this process.
const trace = openTrace(process.env);

/** Puts together the real pipeline of a connection: HTTP, files, and the machine's clock. */
export function openPipeline(
    connectionName: string,
    config: ReadConfig,
    { run = randomUUID(), progress = tellPeople, outage = progress }: Setting = {},
): Opened {
    const author: Author = { run, actor: actorOf(process.env, () => userInfo().username) };
    const projectFolder = findProjectFolder(process.cwd());
    const found = resolveConnection(connectionName, config, process.env);
    const read = readSettings(config, projectFolder, process.env);
    const problems = [found, read].flatMap((one) => ("problems" in one ? one.problems : []));
    const [first, ...others] = problems;
    if (first || "problems" in found || "problems" in read) {
        return { problems: [first as InputProblem, ...others] };
    }
    const { connection } = found;
    const { settings } = read;
    const cache = cacheFolder(process.env);
    const lifetime = settings.evidenceTtlSeconds * 1000;
    const clock = systemClock;
    const random = Math.random;
    const ledger = openLedger(settings.ledger, { clock, author, tell: progress });
    const parts: PlatformParts = {
        clock,
        random,
        dispatcher: new Agent({
            keepAliveTimeout: 30_000,
            // The bundle has no part for it.
            allowH2: false,
            connections: Math.max(32, settings.maxConcurrency),
        }),
        tell: outage,
        contents: new RecordedContents(new FileContents(join(cache, "contents")), ledger),
        other: (name) => {
            const resolved = resolveConnection(name, config, process.env);
            if ("problems" in resolved) {
                throw new ReleaseError(resolved.problems.map(problemText).join(" "));
            }
            return openPlatform(resolved.connection, parts);
        },
    };
    return {
        pipeline: {
            platform: openPlatform(connection, parts),
            evidence: new FileEvidenceStore(join(cache, "evidence"), lifetime, clock),
            cache: new FileCache(join(cache, "flows"), lifetime, clock),
            handover: new FileHandover(join(cache, "handover")),
            ledger,
            clock,
            random,
            limit: pLimit(settings.maxConcurrency),
            freezeWindows: settings.freezeWindows,
            projectFolder,
            trace,
            progress,
        },
    };
}
