// Run as a process of its own, because the Automation API has no way to end the installer once it has started it.
// node official-installer.mjs <version> <folder>
import { createRequire } from "node:module";

const [version, root] = process.argv.slice(2);
const automation = createRequire(import.meta.url).resolve("@pulumi/pulumi/automation");
const requireAsPulumi = createRequire(automation);
const { PulumiCommand } = requireAsPulumi(automation);
// The copy of semver that Pulumi uses: versions of another copy are refused.
const { SemVer } = requireAsPulumi("semver");

try {
    await PulumiCommand.install({ version: new SemVer(version), root });
} catch (error) {
    console.error(error.message);
    process.exit(1);
}
