import type { Clock } from "../../clock.js";

/** A token is used until this long before it expires, in milliseconds. */
const MARGIN = 30_000;

/** A token as the platform gives it. */
export interface Token {
    value: string;
    /** Seconds. */
    expiresIn: number;
}

/** Keeps one access token: one call at a time fetches it, and everybody else waits for that one. */
export class TokenCache {
    private token: { value: string; until: number } | undefined;
    private fetching: Promise<string> | undefined;

    constructor(
        private readonly fetchToken: () => Promise<Token>,
        private readonly clock: Clock,
    ) {}

    /** A token that is good for now. */
    async get(): Promise<string> {
        if (this.token && this.clock.monotonic() < this.token.until) {
            return this.token.value;
        }
        this.fetching ??= this.fetch().finally(() => {
            this.fetching = undefined;
        });
        return this.fetching;
    }

    /** Forgets a token that was refused, unless it was replaced meanwhile. */
    drop(value: string): void {
        if (this.token?.value === value) {
            this.token = undefined;
        }
    }

    private async fetch(): Promise<string> {
        const asked = this.clock.monotonic();
        const { value, expiresIn } = await this.fetchToken();
        // A life shorter than the margin still serves for half of it.
        const life = expiresIn * 1000;
        this.token = { value, until: asked + Math.max(life - MARGIN, life / 2) };
        return value;
    }
}
