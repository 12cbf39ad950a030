import { setTimeout as delay } from "node:timers/promises";
import { type Reply, WebServer } from "../provider/tests/support/web-server";
import { BOOKING, type Printed, ReleaseStack } from "./support/releases";

jest.setTimeout(120_000);

const TOKEN: Reply = { json: { access_token: "t", expires_in: 3600 } };
const DEEP = `{"id":"flow_67890","updated_at":"2026-01-02","nodes":[${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}]}`;

/** Sends without end, as fast as it is taken. */
const endless: Reply = (response) => {
    response.writeHead(200);
    const more = () => {
        if (!response.destroyed) {
            response.write(Buffer.alloc(65_536, '{"a":1},'), more);
        }
    };
    more();
};

describe("a platform that answers what it should not, through the engine", () => {
    let releases: ReleaseStack;
    let web: WebServer;
    beforeAll(async () => {
        releases = await ReleaseStack.start();
        web = await WebServer.start(() => TOKEN);
        releases.stack.env.COGNIGY_BASE_URL = web.origin;
        releases.declare({ booking: { ...BOOKING, dependencies: { validate: false } } });
    });
    afterAll(async () => {
        await web.stop();
        await releases.stop();
    });

    /** What a preview says when the flow is answered so. */
    async function previewWith(flow: () => Reply | Promise<Reply>): Promise<Printed> {
        web.respond = ({ url }) => {
            if (url.endsWith("/oauth/token")) {
                return TOKEN;
            }
            if (url.includes("/deployments")) {
                return { json: { items: [] } };
            }
            return flow();
        };
        const printed = await releases.preview();
        expect(printed.code).not.toBe(0);
        expect(printed.text).not.toMatch(/^\s+at .*:\d+:\d+/m);
        expect(printed.text).not.toContain(String(releases.stack.env.COGNIGY_CLIENT_SECRET));
        return printed;
    }

    it("is told plainly: a flow of a hundred thousand levels, after it has kept silent for a while, which is told once", async () => {
        const { text } = await previewWith(async () => {
            await delay(4_500);
            return { text: DEEP };
        });
        expect(text).toContain("it is nested more than 200 levels deep");
        const [, told = ""] = text.split("Diagnostics:");
        expect(told.match(/cognigy: .* it is asked again until .*/g)).toEqual([
            expect.stringMatching(
                /^cognigy: http:\/\/127\.0\.0\.1:\d+ \(COGNIGY_BASE_URL\) does not answer; it is asked again until \S+ UTC, for up to 4 min$/,
            ),
        ]);
    });

    it("is told plainly: a flow without end", async () => {
        expect((await previewWith(() => endless)).text).toContain(
            "was answered with more than 32 MB: expected a shorter JSON answer.",
        );
    });

    it("is told plainly: another address, to which no credential goes", async () => {
        const elsewhere = await WebServer.start(() => TOKEN);
        const { text } = await previewWith(() => ({
            status: 307,
            headers: { location: elsewhere.origin },
        }));
        expect(text).toContain(
            "sends callers elsewhere, and credentials do not follow. Set COGNIGY_BASE_URL",
        );
        expect(elsewhere.seen).toEqual([]);
        await elsewhere.stop();
    });
});
