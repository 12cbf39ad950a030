import type { Clock } from "../../src/clock.js";

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A clock that nobody waits for: a sleep is over at once, and the time has gone by. */
export class FakeClock implements Clock {
    /** Every sleep that was asked for, in milliseconds. */
    readonly slept: number[] = [];
    private time = 0;

    constructor(private wall = START) {}

    now(): number {
        return this.wall + this.time;
    }

    monotonic(): number {
        return this.time;
    }

    async sleep(milliseconds: number): Promise<void> {
        this.slept.push(milliseconds);
        const until = this.time + milliseconds;
        // Whoever else is at work gets a turn, as in a real sleep.
        await new Promise(setImmediate);
        this.time = Math.max(this.time, until);
    }

    /** Lets time go by. */
    advance(milliseconds: number): void {
        this.time += milliseconds;
    }

    /** Somebody sets the clock on the wall: no time goes by. */
    set(milliseconds: number): void {
        this.wall += milliseconds;
    }
}

/** A clock that stands still until it is wound: sleepers wake when their time has come. */
export class HandClock implements Clock {
    private sleepers: { until: number; wake: () => void }[] = [];
    private time = 0;

    now(): number {
        return START + this.time;
    }

    monotonic(): number {
        return this.time;
    }

    sleep(milliseconds: number): Promise<void> {
        return new Promise((wake) => {
            this.sleepers.push({ until: this.time + milliseconds, wake });
        });
    }

    /** How many are asleep. */
    get asleep(): number {
        return this.sleepers.length;
    }

    /** Lets time go by and wakes those whose time has come. */
    async advance(milliseconds: number): Promise<void> {
        this.time += milliseconds;
        const woken = this.sleepers.filter(({ until }) => until <= this.time);
        this.sleepers = this.sleepers.filter(({ until }) => until > this.time);
        for (const { wake } of woken) {
            wake();
        }
        await new Promise(setImmediate);
    }
}
