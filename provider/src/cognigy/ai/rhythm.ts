import type { Rhythm } from "../../release/polling.js";

/** How often a tenant is asked what it does: it takes 1,000 calls in five minutes, from everybody together. */
export const SPARING: Rhythm = { shortest: 500, share: 0.15 };
