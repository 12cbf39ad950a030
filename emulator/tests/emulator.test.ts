import { startEmulator } from "../src/index";

test("without data it is the booking flow, on a free port, in real time", async () => {
    const emulator = await startEmulator();
    try {
        expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
        const flow = await emulator.control.getFlow("bot_12345", "flow_67890");
        expect(flow.name).toBe("Booking");
        const before = Date.now();
        await emulator.control.patchFlow("bot_12345", "flow_67890", { nodes: { n01: { label: "Begin" } } });
        const touched = (await emulator.control.getFlow("bot_12345", "flow_67890")).updated_at;
        expect(Date.parse(touched)).toBeGreaterThanOrEqual(before);
    } finally {
        await emulator.close();
    }
});

test("two run side by side, each with its own state", async () => {
    const [one, other] = await Promise.all([startEmulator(), startEmulator()]);
    await one.control.setResource("bot_12345", "intent", "book_flight", "missing");
    expect(one.platform.catalog.access("bot_12345", "intent", "book_flight")).toBe("missing");
    expect(other.platform.catalog.access("bot_12345", "intent", "book_flight")).toBe("ok");
    await Promise.all([one.close(), other.close()]);
});

test("a port that is taken is an error, with Node's code", async () => {
    const first = await startEmulator();
    const port = Number(new URL(first.url).port);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await first.close();
});

test("what goes wrong can be said without HTTP", async () => {
    const emulator = await startEmulator();
    emulator.faults.add({ fault: { kind: "status", status: 503 } });
    expect(await emulator.control.faults()).toHaveLength(1);
    expect((await fetch(`${emulator.url}/nothing`)).status).toBe(503);
    await emulator.close();
});

test("connections are kept alive", async () => {
    const emulator = await startEmulator();
    const response = await fetch(`${emulator.url}/nothing`);
    expect(response.headers.get("connection")).toBe("keep-alive");
    await response.text();
    await emulator.close();
});

test("a mistake of the emulator's own is a 500, told on stderr and not to the caller", async () => {
    const emulator = await startEmulator();
    jest.spyOn(emulator.platform, "state").mockImplementation(() => {
        throw new Error("a bug");
    });
    const told = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const response = await fetch(`${emulator.controlUrl}/state`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
        error: "internal_error",
        message: "The emulator made a mistake.",
    });
    expect(told).toHaveBeenCalledWith(expect.stringMatching(/^Error: a bug\n {4}at /));
    jest.restoreAllMocks();
    await emulator.close();
});

test("IPv6 addresses are written as URLs want them", async () => {
    const emulator = await startEmulator({ host: "::1" });
    expect(emulator.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await emulator.control.faults()).toEqual([]);
    await emulator.close();
});
