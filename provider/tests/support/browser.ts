import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { devDependencies } from "../../package.json";
import { cacheFolder } from "../../src/settings.js";

/** What Chromium and its kin are called. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ON_MACS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** A browser, and what it must find around it. */
interface Found {
    executable: string;
    environment?: Record<string, string>;
}

/** Starts a real Chromium: the machine's own, or the one that npm brought. */
export function startBrowser(): Promise<Browser> {
    const { executable, environment = {} } = ownBrowser() ?? packedBrowser();
    return chromium.launch({
        executablePath: executable,
        env: { ...(process.env as Record<string, string>), ...environment },
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });
}

function ownBrowser(): Found | undefined {
    const named = process.env.CHROME_PATH;
    const folders = (process.env.PATH ?? "").split(delimiter);
    const candidates = [
        named,
        ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
        ON_MACS,
    ];
    const executable = candidates.find((path) => path && canRun(path));
    return executable ? { executable } : undefined;
}

function canRun(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

/** Unpacks the browser of `@sparticuz/chromium`, once for each version. It is for Linux on x64, and brings its libraries. */
function packedBrowser(): Found {
    if (process.platform !== "linux" || process.arch !== "x64") {
        throw new Error("there is no Chromium on this machine: install one, or set CHROME_PATH to it");
    }
    const cache = cacheFolder(process.env);
    const folder = join(cache, `chromium-${devDependencies["@sparticuz/chromium"]}`);
    if (!existsSync(folder)) {
        mkdirSync(cache, { recursive: true });
        const part = mkdtempSync(join(cache, "chromium-part-"));
        // It unpacks into the temporary folder, and its libraries only where it believes to be in a function of AWS.
        const environment = { ...process.env, TMPDIR: part, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
        const program = 'require("@sparticuz/chromium").executablePath()';
        try {
            execFileSync(process.execPath, ["-e", program], { cwd: __dirname, env: environment });
            renameSync(part, folder);
        } catch (error) {
            rmSync(part, { recursive: true, force: true });
            // Another process may have been faster.
            if (!existsSync(folder)) {
                throw error;
            }
        }
    }
    return {
        executable: join(folder, "chromium"),
        environment: {
            LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
            FONTCONFIG_PATH: join(folder, "fonts"),
        },
    };
}
