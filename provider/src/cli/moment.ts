import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * A moment as people write it: `2026-01-31` (its beginning, in UTC), `2026-01-31T08:00:00Z`, or so long before now: `90m`,
 * `12h`, `30d`, `4w`.
 *
 * @returns milliseconds since 1970.
 * @throws InvalidArgumentError for anything else.
 */
export function parseMoment(text: string, now: number): number {
    const [, amount, unit = ""] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
    const moment = amount
        ? now - Number(amount) * (UNITS[unit] as number)
        : /^\d{4}-\d{2}-\d{2}(T|$)/.test(text)
          ? Date.parse(text)
          : Number.NaN;
    if (Number.isNaN(moment)) {
        throw new InvalidArgumentError(
            "Expected a time such as 2026-01-31, 2026-01-31T08:00:00Z, or 30d for thirty days ago.",
        );
    }
    return moment;
}
