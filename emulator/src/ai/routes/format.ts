import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Json } from "../../json";
import { pathOf } from "../../traffic";
import { type HalNames, halOf } from "../hal";
import type { AiPlatform } from "../platform";

declare module "fastify" {
    interface FastifyContextConfig {
        /** What the resource of the call is called in HAL; left out: its answers have one format only. */
        hal?: HalNames;
    }
}

/** Gives answers in the format that the call accepts. */
export function formatAnswers(api: FastifyInstance, platform: AiPlatform): void {
    api.addHook("preSerialization", (request, reply, payload, done) => {
        const names = request.routeOptions.config.hal;
        if (names === undefined || reply.statusCode >= 400 || !wantsHal(request, platform)) {
            done(null, payload);
            return;
        }
        reply.type("application/hal+json");
        done(null, halOf(payload as Json, names, pathOf(request)));
    });
}

function wantsHal({ headers }: FastifyRequest, platform: AiPlatform): boolean {
    const accept = headers.accept ?? "*/*";
    if (accept.includes("application/hal+json")) {
        return true;
    }
    return !accept.includes("application/json") && platform.variants.now.defaultMediaType === "hal";
}
