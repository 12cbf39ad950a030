import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The processes of the provider that work for a project. */
export function providersOf(project: string): number[] {
    return processesIn(project, (command) => command.some((word) => word.includes("dynamic-provider")));
}

/** The engine that works for a project. */
export function engineOf(project: string): number {
    const [engine] = processesIn(project, ([name = ""]) => name === "pulumi" || name.endsWith("/pulumi"));
    if (engine === undefined) {
        throw new Error(`no engine is at work in ${project}`);
    }
    return engine;
}

function processesIn(folder: string, isMeant: (command: string[]) => boolean): number[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .filter((pid) => {
            try {
                const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
                return isMeant(command) && readlinkSync(`/proc/${pid}/cwd`) === folder;
            } catch {
                // It has ended meanwhile.
                return false;
            }
        })
        .map(Number);
}
