import type { FastifyInstance } from "fastify";
import { jsonBody } from "../../bodies";
import { Refusal } from "../../refusal";
import type { Message } from "../conversations";
import type { AiPlatform } from "../platform";
import type { Endpoint } from "../resource";

const messageSchema = {
    type: "object",
    required: ["userId", "sessionId"],
    properties: {
        userId: { type: "string", minLength: 1 },
        sessionId: { type: "string", minLength: 1 },
        text: { type: "string" },
        data: {},
    },
};

/** Channels that have a test mode: conversations that are not billed. */
const testable = ["rest", "socket"];

type Call = { Params: { token: string }; Body: Message };

/** Talking to a bot as people do; no API key needed. */
export function registerConversationRoutes(host: FastifyInstance, platform: AiPlatform): void {
    const options = { preValidation: jsonBody, schema: { body: messageSchema } };

    host.post<Call>("/:token", options, ({ params, body }, reply) =>
        reply.send(answer(platform, endpointOf(platform, params.token, ["rest"]), body)),
    );

    host.post<Call>("/test/:token", options, ({ params, body }, reply) =>
        reply.send(answer(platform, endpointOf(platform, params.token, testable), body)),
    );
}

function endpointOf(platform: AiPlatform, token: string, channels: readonly string[]): Endpoint {
    const found = platform.projects.endpoint(token);
    if (found === undefined || !channels.includes(found.endpoint.channel)) {
        throw Refusal.notFound("There is no such endpoint.");
    }
    if (!found.endpoint.active) {
        throw new Refusal("forbidden", "forbidden", `The endpoint "${found.endpoint.name}" is not active.`);
    }
    return found.endpoint;
}

function answer(platform: AiPlatform, endpoint: Endpoint, message: Message): object {
    if (message.text === undefined && message.data === undefined) {
        throw Refusal.invalid("text or data is required.");
    }
    return platform.conversations.answer(endpoint, message);
}
