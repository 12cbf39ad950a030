import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../support/bundle.js";
import { removeTemporaryFolders, temporaryFolder } from "../support/temporary-folder.js";

afterAll(removeTemporaryFolders);

it("is no part of what the engine loads", () => {
    const provider = join(temporaryFolder(), "provider.js");
    bundle("src/provider.ts", provider, ["--external:@pulumi/pulumi", "--external:pg"]);
    const parts = [...readFileSync(provider, "utf8").matchAll(/^\/\/ (\S+\.[cm]?[jt]sx?)$/gm)].map(
        ([, path]) => path,
    );
    expect(parts).toContain("provider/src/provider.ts");
    expect(
        parts.filter((path) => /src\/report\/|node_modules\/(echarts|zrender|preact)/.test(String(path))),
    ).toEqual([]);
});
