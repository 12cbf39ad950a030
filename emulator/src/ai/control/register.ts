import type { FastifyInstance } from "fastify";
import type { AiPlatform } from "../platform";
import { registerDraftControl } from "./drafts";
import { registerEndpointControl } from "./endpoints";
import { Finder } from "./find";
import { registerSettingsControl } from "./settings";
import { registerSnapshotControl } from "./snapshots";

/** All that steers the state of this contract, under `/_control/ai`. */
export function registerAiControl(control: FastifyInstance, platform: AiPlatform): void {
    const finder = new Finder(platform);
    control.addHook("preHandler", (_request, _reply, done) => {
        platform.settle();
        done();
    });
    registerSettingsControl(control, platform, finder);
    registerDraftControl(control, platform, finder);
    registerSnapshotControl(control, platform, finder);
    registerEndpointControl(control, platform, finder);
}
