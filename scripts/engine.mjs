// Prints the folder that holds `pulumi`, and nothing else, on stdout.
import { ensureEngine, main } from "./setup.mjs";

main(async () => {
    console.log(await ensureEngine());
});
