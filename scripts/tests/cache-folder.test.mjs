import { cacheFolder } from "../lib/engine/cache.mjs";

const name = `3.170.0-${process.platform}-${process.arch}`;

test("the cache follows its own variable, then the user's", () => {
    const env = { HOME: "/home/me", XDG_CACHE_HOME: "/xdg", PULUMI_COGNIGY_CACHE: "/own" };
    expect(cacheFolder(env)).toBe(`/own/engine/${name}`);
    expect(cacheFolder({ ...env, PULUMI_COGNIGY_CACHE: "" })).toBe(`/xdg/pulumi-cognigy/engine/${name}`);
});

test.each([
    ["linux", "/home/me/.cache"],
    ["darwin", "/home/me/Library/Caches"],
    ["win32", "/home/me/AppData/Local"],
])("without either it is where %s keeps caches", (platform, place) => {
    const original = Object.getOwnPropertyDescriptor(process, "platform");
    Object.defineProperty(process, "platform", { value: platform });
    try {
        const relative = { HOME: "/home/me", XDG_CACHE_HOME: "relative" };
        expect(cacheFolder(relative)).toBe(
            `${place}/pulumi-cognigy/engine/3.170.0-${platform}-${process.arch}`,
        );
    } finally {
        Object.defineProperty(process, "platform", original);
    }
});
