/** The units, each with how many seconds it has and from how many seconds on it is used. */
const UNITS = [
    { name: "d", seconds: 86_400, from: 2 * 86_400 },
    { name: "h", seconds: 3_600, from: 2 * 3_600 },
    { name: "min", seconds: 60, from: 120 },
    { name: "s", seconds: 1, from: 0 },
];

/** A duration for people: `45 s`, `12 min`, `5.3 h`, `3 d`. */
export function durationText(seconds: number | null): string {
    const unit = seconds === null ? undefined : UNITS.find(({ from }) => seconds >= from);
    return unit ? `${Number(((seconds ?? 0) / unit.seconds).toFixed(1))} ${unit.name}` : "-";
}
