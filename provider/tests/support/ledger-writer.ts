// Writes into a ledger as a process of its own: `node ledger-writer.js <ledger> <name> <how many events>`.
import { systemClock } from "../../src/clock.js";
import { openLedger } from "../../src/ledger/open-ledger.js";
import { newEvent } from "./ledger.js";

// A limit on the size of files is to be an error, as a full disk is, not the end of the process.
process.on("SIGXFSZ", () => {});

async function main([name = "", run = "", count = "0"]: string[]): Promise<void> {
    const ledger = openLedger(name, {
        clock: systemClock,
        author: { run, actor: "alex" },
        tell: console.error,
    });
    for (let number = 0; number < Number(count); number += 1) {
        await ledger.append(newEvent(number));
        console.log(number);
    }
}

main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
