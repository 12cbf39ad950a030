import { engineEnv } from "../lib/engine/env.mjs";

test("the engine comes first on PATH and knows nothing of the user's own Pulumi", () => {
    const env = {
        PATH: "/usr/bin",
        HOME: "/home/me",
        PULUMI_ACCESS_TOKEN: "token",
        PULUMI_CONFIG_PASSPHRASE_FILE: "/home/me/passphrase",
        PULUMI_COGNIGY_CACHE: "/cache",
    };
    expect(engineEnv("/engine", { home: "/tmp/home", backend: "/tmp/state", env })).toEqual({
        PATH: "/engine:/usr/bin",
        HOME: "/home/me",
        PULUMI_COGNIGY_CACHE: "/cache",
        PULUMI_HOME: "/tmp/home",
        PULUMI_BACKEND_URL: "file:///tmp/state",
        PULUMI_CONFIG_PASSPHRASE: "passphrase",
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "1",
    });
});
