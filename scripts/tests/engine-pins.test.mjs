import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINE_VERSION, LANGUAGE_HOST_VERSION, OLDEST_GO, parseVersion } from "../lib/engine/versions.mjs";
import { checkout } from "./support.mjs";

const pins = (name) => readFileSync(join(checkout, "scripts", "engine", name, "go.mod"), "utf8");

test("the modules are pinned to the versions that the scripts speak of", () => {
    expect(pins("pulumi")).toContain(`github.com/pulumi/pulumi/pkg/v3 v${ENGINE_VERSION}\n`);
    expect(pins("pulumi")).toContain(`github.com/pulumi/pulumi/sdk/v3 v${ENGINE_VERSION} `);
    expect(pins("language-nodejs")).toContain(`github.com/pulumi/pulumi/sdk/v3 v${LANGUAGE_HOST_VERSION}\n`);
    expect(parseVersion(/^go (.*)$/m.exec(pins("pulumi"))[1])).toEqual(parseVersion(OLDEST_GO));
});
