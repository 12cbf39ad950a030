import type { HealthData } from "../data/platform-data";

/** What the probes of each bot answer. */
export class Health {
    private readonly scripts = new Map<string, { left: boolean[]; then: boolean }>();

    /** Sets what the next probes of a bot answer. */
    script(botId: string, { sequence, then = true }: HealthData): void {
        this.scripts.set(botId, { left: [...sequence], then });
    }

    /** One probe: uses up the next answer of the sequence. */
    probe(botId: string): boolean {
        const script = this.scripts.get(botId);
        return script === undefined ? true : (script.left.shift() ?? script.then);
    }

    /** What the probes to come will answer. */
    outlook(botId: string): Required<HealthData> {
        const script = this.scripts.get(botId);
        // biome-ignore lint/suspicious/noThenProperty: a property of the data file, never a function
        return { sequence: [...(script?.left ?? [])], then: script?.then ?? true };
    }
}
