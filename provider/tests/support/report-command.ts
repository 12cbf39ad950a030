import { dirname, join } from "node:path";
import { bundle } from "./bundle.js";
import { bundledCommand } from "./command.js";

/** The command with what a report needs beside it. For `beforeAll`. */
export function bundledReportCommand(): ReturnType<typeof bundledCommand> {
    const run = bundledCommand();
    bundle("src/report/page/browser.tsx", join(dirname(run.command), "report-script.js"), [
        "--platform=browser",
        "--target=es2022",
        "--format=iife",
        "--minify",
    ]);
    return run;
}
