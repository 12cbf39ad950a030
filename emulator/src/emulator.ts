import type { AddressInfo } from "node:net";
import { aiDialect, endpointPrefix } from "./ai/dialect";
import { AiPlatform } from "./ai/platform";
import { botsDialect } from "./bots/dialect";
import { BotsPlatform } from "./bots/platform";
import { type Clock, systemClock } from "./clock";
import { ControlClient } from "./control-client";
import { bookingDataFile, checkData, loadData } from "./data/load";
import type { PlatformData } from "./data/platform-data";
import type { FaultBook } from "./faults";
import { buildServer, controlPrefix } from "./server";
import { Traffic } from "./traffic";

/** How to start an emulator. */
export interface EmulatorOptions {
    /** 0 = any free port. @default 0 */
    readonly port?: number;
    /** @default 127.0.0.1 */
    readonly host?: string;
    /** A data file, or data. @default the booking flow that is shipped */
    readonly data?: string | PlatformData;
    /** Where time comes from. @default real time */
    readonly clock?: Clock;
}

/** A running emulator. */
export interface Emulator {
    /** The base URL of the API, of both contracts. */
    readonly url: string;
    /** The base URL of the conversations of the Cognigy.AI contract: a message goes to `<endpointUrl>/<URLToken>`. */
    readonly endpointUrl: string;
    /** The base URL of the control API. */
    readonly controlUrl: string;
    /** The control API of this emulator. */
    readonly control: ControlClient;
    /** The state behind the bots API, for looking and steering without HTTP. */
    readonly platform: BotsPlatform;
    /** The state behind the Cognigy.AI contract. */
    readonly ai: AiPlatform;
    /** What goes wrong with requests, likewise without HTTP. */
    readonly faults: FaultBook;
    /** Stops at once: open connections are closed. */
    close(): Promise<void>;
}

/**
 * Starts an emulator. Several may run side by side, each with its own state.
 * @throws DataError when the data cannot be used; Node's error when the port cannot be listened on
 *
 * @example
 * const emulator = await startEmulator();
 * await emulator.control.setResource("bot_12345", "intent", "cancel_reservation", "missing");
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
    const { port = 0, host = "127.0.0.1", data = bookingDataFile, clock = systemClock } = options;
    const checked = typeof data === "string" ? loadData(data) : checkData(data);
    const platform = new BotsPlatform(checked, clock);
    const ai = new AiPlatform(checked, clock);
    const traffic = new Traffic(clock);
    const server = buildServer(traffic, [botsDialect(platform), aiDialect(ai)]);
    try {
        await server.listen({ port, host });
    } catch (error) {
        await server.close();
        throw error;
    }
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${(server.server.address() as AddressInfo).port}`;
    return {
        url,
        endpointUrl: url + endpointPrefix,
        controlUrl: url + controlPrefix,
        control: new ControlClient(url),
        platform,
        ai,
        faults: traffic.faults,
        close: () => server.close(),
    };
}
