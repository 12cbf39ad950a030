/** A moment as people read it: `2026-01-05 09:00`, in UTC. */
export function momentText(at: number): string {
    return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

/** A time of day: `09:00:15`, in UTC. */
export function timeText(at: number): string {
    return new Date(at).toISOString().slice(11, 19);
}

const UNITS = [
    { name: "d", milliseconds: 86_400_000 },
    { name: "h", milliseconds: 3_600_000 },
    { name: "min", milliseconds: 60_000 },
];

/** How long ago it was, in whole units: `12 d ago`. */
export function agoText(at: number, now: number): string {
    const unit = UNITS.find(({ milliseconds }) => now - at >= milliseconds);
    return unit ? `${Math.floor((now - at) / unit.milliseconds)} ${unit.name} ago` : "just now";
}

export function Moment({ at }: { at: number }) {
    return <time dateTime={new Date(at).toISOString()}>{momentText(at)}</time>;
}
