import { type Command, Option } from "commander";
import { systemClock } from "../../clock.js";
import { EVENT_STATUSES } from "../../ledger/event.js";
import { parseMoment } from "../moment.js";

/** Lets a command be told which events are meant; its options are a `Filter`. */
export function addFilterOptions(command: Command): Command {
    const moment = (text: string) => parseMoment(text, systemClock.now());
    return command
        .option("--bot <id>", "only of this bot")
        .option("--flow <id>", "only of this flow")
        .option("--tag <tag>", "only of this version")
        .option("--environment <name>", "only in this environment")
        .addOption(new Option("--outcome <outcome>", "only with this outcome").choices(EVENT_STATUSES))
        .option("--since <time>", "from then on: 2026-01-31, 2026-01-31T08:00:00Z, or 30d ago", moment)
        .option("--until <time>", "before then", moment);
}
