import { stepLimit } from "../playbooks";
import type { Flow, Playbook, PlaybookStep } from "../resource";
import type { BotIds } from "./bot-ids";

/** A playbook that says the first example of each intent of a flow, and expects it to be understood. */
export function playbooksFrom(flow: Flow, ids: BotIds): Playbook[] {
    const steps = flow.intents.flatMap(({ name, examples: [example] }): PlaybookStep[] =>
        example === undefined ? [] : [stepFor(name, example, flow, ids)],
    );
    return steps.length === 0
        ? []
        : [
              {
                  ...ids.base("playbook", flow.referenceId, `${flow.name}: intents`),
                  abortOnError: false,
                  timeout: 2000,
                  steps: steps.slice(0, stepLimit),
              },
          ];
}

function stepFor(intent: string, text: string, flow: Flow, ids: BotIds): PlaybookStep {
    const seed = [flow.referenceId, intent];
    const params = { intent, negate: false };
    return {
        _id: ids.id("step", ...seed),
        text,
        data: null,
        asserts: [{ _id: ids.id("assert", ...seed), type: "assertIntent", params }],
    };
}
