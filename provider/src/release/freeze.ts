import * as z from "zod";
import { group } from "./group.js";

/** A time in which nothing is released. Times are wall-clock times of the time zone. */
export interface FreezeWindow {
    /** For people, such as "Christmas". */
    name: string;
    /** The environments that it holds for; left out: all. */
    environments?: string[] | undefined;
    /** An IANA time zone; `UTC` where none is given. */
    timeZone: string;
    /**
     * When it begins: `2026-12-20T18:00` (once), `fri 18:00` (every week) or `18:00` (every day).
     * It belongs to the freeze.
     */
    from: string;
    /** When it ends, in the same form as `from`. It no longer belongs to the freeze. */
    to: string;
}

const DATED = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d$/;
const WEEKLY = /^(sun|mon|tue|wed|thu|fri|sat) ((?:[01]\d|2[0-3]):[0-5]\d)$/;
const DAILY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const TIME_EXPECTED = 'expected a time such as "2026-12-20T18:00", "fri 18:00" or "18:00"';

const time = z
    .string({ error: TIME_EXPECTED })
    .refine((text) => formOf(text) !== undefined, { error: TIME_EXPECTED });

const WINDOWS = z.array(
    group({
        name: z
            .string({ error: "expected a name for people" })
            .min(1, { error: "expected a name for people" }),
        environments: z.array(z.string(), { error: "expected a list of environments" }).optional(),
        timeZone: z
            .string({ error: "expected an IANA time zone" })
            .refine(isTimeZone, { error: 'expected an IANA time zone such as "Europe/Berlin"' })
            .default("UTC"),
        from: time,
        to: time,
    })
        .refine(({ from, to }) => formOf(from) === formOf(to), {
            path: ["to"],
            error: "expected the same form as `from`",
        })
        .refine(({ from, to }) => from !== to && (formOf(from) !== DATED || from < to), {
            path: ["to"],
            error: "expected a time after `from`",
        }),
    { error: "expected a list of freeze windows" },
);

/** Reads freeze windows, or tells what is wrong with them: the path within, and what is expected. */
export function parseFreezeWindows(
    value: unknown,
): { windows: FreezeWindow[] } | { problems: { path: string; expected: string }[] } {
    const result = WINDOWS.safeParse(value);
    return result.success
        ? { windows: result.data }
        : {
              problems: result.error.issues.map(({ path, message }) => ({
                  path: path.join("."),
                  expected: message,
              })),
          };
}

/**
 * The freeze that holds for an environment at a time, if there is one.
 *
 * Daylight saving: a wall-clock time that a day does not have is skipped; one that it has twice counts both times.
 *
 * @param now milliseconds since 1970.
 */
export function activeFreeze(
    windows: readonly FreezeWindow[],
    environment: string,
    now: number,
): FreezeWindow | undefined {
    return windows.find(
        (window) =>
            (window.environments === undefined || window.environments.includes(environment)) &&
            covers(window, now),
    );
}

/** A freeze as messages name it. */
export function freezeName({ name, from, to, timeZone }: FreezeWindow): string {
    return `"${name}" (${from} to ${to}, ${timeZone})`;
}

function covers({ from, to, timeZone }: FreezeWindow, now: number): boolean {
    const local = localTime(now, timeZone);
    switch (formOf(from)) {
        case DATED:
            return from <= local.dateTime && local.dateTime < to;
        case WEEKLY:
            return within(weekMinute(local.day, local.time), minuteOfWeek(from), minuteOfWeek(to));
        default:
            return within(minuteOfDay(local.time), minuteOfDay(from), minuteOfDay(to));
    }
}

/** Tells whether a moment lies in a span of a circle, which may run over its end. */
function within(moment: number, from: number, to: number): boolean {
    return from < to ? from <= moment && moment < to : moment >= from || moment < to;
}

function formOf(text: string): RegExp | undefined {
    return [DATED, WEEKLY, DAILY].find((form) => form.test(text));
}

function minuteOfWeek(text: string): number {
    const [day = "", clock = ""] = text.split(" ");
    return weekMinute(day, clock);
}

function weekMinute(day: string, clock: string): number {
    return DAYS.indexOf(day) * 1440 + minuteOfDay(clock);
}

function minuteOfDay(clock: string): number {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return hours * 60 + minutes;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(now: number, timeZone: string): { dateTime: string; day: string; time: string } {
    const format =
        formats.get(timeZone) ??
        new Intl.DateTimeFormat("en-US", {
            timeZone,
            hourCycle: "h23",
            weekday: "short",
            year: "numeric",
            month: "2-digit",
            day: "2-digit",
            hour: "2-digit",
            minute: "2-digit",
        });
    formats.set(timeZone, format);
    const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
    const time = `${parts.hour}:${parts.minute}`;
    return {
        dateTime: `${parts.year}-${parts.month}-${parts.day}T${time}`,
        day: String(parts.weekday).toLowerCase(),
        time,
    };
}

function isTimeZone(timeZone: string): boolean {
    try {
        new Intl.DateTimeFormat("en-US", { timeZone });
        return true;
    } catch {
        return false;
    }
}
