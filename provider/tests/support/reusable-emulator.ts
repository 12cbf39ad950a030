import { type Emulator, type PlatformData, startEmulator } from "cognigy-emulator";
import { FastClock } from "./fast-clock.js";

/** An emulator that serves one world after the other. */
export class ReusableEmulator {
    private constructor(
        private readonly emulator: Emulator,
        private readonly time: { clock: FastClock },
    ) {}

    static async start(data: PlatformData): Promise<ReusableEmulator> {
        const time = { clock: new FastClock() };
        const clock = {
            now: () => time.clock.server.now(),
            sleep: (ms: number, signal?: AbortSignal) => time.clock.server.sleep(ms, signal),
        };
        return new ReusableEmulator(await startEmulator({ data, clock }), time);
    }

    /**
     * The emulator as it was when it was started, at the beginning of time. What a world that has ended had sent by then
     * is over, or sleeps for ever: the call that resets it comes in behind it.
     */
    async anew(): Promise<{ emulator: Emulator; clock: FastClock }> {
        this.time.clock.stop();
        await this.emulator.control.reset();
        this.time.clock = new FastClock();
        return { emulator: this.emulator, clock: this.time.clock };
    }

    close(): Promise<void> {
        return this.emulator.close();
    }
}
