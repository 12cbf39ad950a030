import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fastify from "fastify";
import { Annex } from "../src/annex";

const servers: Server[] = [];

afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Serves an annex alone. @returns its URL */
async function serve(annex: Annex): Promise<string> {
    const server = createServer((request, response) => annex.handle(request, response));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function greeter() {
    const server = fastify();
    server.get("/new/hello", () => "hello");
    return server;
}

test("is built once, with its first requests", async () => {
    const build = jest.fn(greeter);
    const annex = new Annex(["/new/"], build);
    const url = await serve(annex);
    expect(build).not.toHaveBeenCalled();
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${url}/new/hello`)));
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(["hello", "hello", "hello"]);
    expect(build).toHaveBeenCalledTimes(1);
    await annex.close();
});

test("owns what begins with one of its paths", () => {
    const annex = new Annex(["/new/", "/testing/"], greeter);
    const owns = (url: string) => annex.owns({ url } as never);
    expect([owns("/new/x"), owns("/testing/x"), owns("/new"), owns("/api/new/")]).toEqual([
        true,
        true,
        false,
        false,
    ]);
});

test("that cannot be built gives no answer, and can be closed all the same", async () => {
    const broken = new Annex(["/"], () => {
        throw new Error("no");
    });
    await broken.close();
    const url = await serve(broken);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    await broken.close();
});
