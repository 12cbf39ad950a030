import { DateTime } from "luxon";

/** A window as a config holds it. */
export interface Window {
    name: string;
    from: string;
    to: string;
    timeZone: string;
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * Tells whether a window holds at a moment, the slow and obvious way: reads the clock on the wall, and looks for what it
 * shows among all the minutes from the window's beginning to its end.
 */
export function holdsByTheClockOnTheWall({ from, to, timeZone }: Window, moment: number): boolean {
    const wall = DateTime.fromMillis(moment, { zone: timeZone });
    if (from.includes("T")) {
        return compareDates(numbersIn(from), wall) <= 0 && compareDates(numbersIn(to), wall) > 0;
    }
    const shown = from.includes(" ")
        ? `${DAYS[wall.weekday - 1]} ${wall.toFormat("HH:mm")}`
        : wall.toFormat("HH:mm");
    for (let minute = from; minute !== to; minute = nextMinute(minute)) {
        if (minute === shown) {
            return true;
        }
    }
    return false;
}

/** The only moment at which the clock on the wall shows a time; undefined where there is none or more than one. */
export function momentOf(time: string, timeZone: string): number | undefined {
    const moment = DateTime.fromISO(time, { zone: timeZone });
    const shown = moment.toFormat("yyyy-MM-dd'T'HH:mm");
    return shown === time && moment.getPossibleOffsets().length === 1 ? moment.toMillis() : undefined;
}

/** The minute after "23:59" is "00:00", and the one after "sun 23:59" is "mon 00:00". */
function nextMinute(minute: string): string {
    const clock = minute.slice(-5);
    const day = minute.slice(0, -5).trim();
    const [hour = 0, past = 0] = numbersIn(clock);
    const next = `${two((hour + (past === 59 ? 1 : 0)) % 24)}:${two((past + 1) % 60)}`;
    const nextDay = next === "00:00" ? DAYS[(DAYS.indexOf(day) + 1) % 7] : day;
    return day === "" ? next : `${nextDay} ${next}`;
}

function compareDates(written: number[], wall: DateTime): number {
    const shown = [wall.year, wall.month, wall.day, wall.hour, wall.minute];
    const index = shown.findIndex((part, place) => part !== written[place]);
    return index === -1 ? 0 : (written[index] as number) - (shown[index] as number);
}

function numbersIn(text: string): number[] {
    return text.split(/\D/).map(Number);
}

function two(number: number): string {
    return String(number).padStart(2, "0");
}
