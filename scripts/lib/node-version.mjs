// Imported first by every script, so that an old Node gets this sentence and not a syntax error from a dependency.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
        `pulumi-cognigy needs Node.js 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`,
    );
    process.exit(1);
}
