import type { PlatformData } from "../../src/data/platform-data";
import { type Emulator, startEmulator } from "../../src/emulator";
import { ManualClock } from "../../src/manual-clock";
import { Api } from "./api";

/** A running emulator with time at hand and a caller that is logged in. */
export interface Started {
    readonly emulator: Emulator;
    readonly control: Emulator["control"];
    readonly clock: ManualClock;
    readonly api: Api;
}

const running: Emulator[] = [];

afterEach(async () => {
    await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

/** Starts an emulator that is closed after the test. */
export async function started(data?: string | PlatformData): Promise<Started> {
    const clock = new ManualClock();
    const emulator = await startEmulator(data === undefined ? { clock } : { clock, data });
    running.push(emulator);
    return { emulator, control: emulator.control, clock, api: await Api.login(emulator.url) };
}
