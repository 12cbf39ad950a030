import { randomUUID } from "node:crypto";
import type { Utterance } from "../../release/inputs.js";
import type { HttpClient } from "../http/client.js";
import * as answers from "./answers.js";

/** Channels that have a test mode: conversations that are not billed. */
const TESTABLE = ["rest", "socket"];
/** Statuses by which an endpoint says that there is no conversation to be had. */
const NO_CONVERSATION = [400, 403, 404, 500];

/** Whether an endpoint can be talked to in test mode. */
export function isTestable({ channel }: { channel: string }): boolean {
    return TESTABLE.includes(channel);
}

/** Says something to an endpoint, in a conversation of its own. @returns whether the answer is as expected. */
export async function answersWell(
    http: HttpClient,
    { URLToken }: answers.Endpoint,
    { input, expected }: Utterance,
): Promise<boolean> {
    const answer = await http.find(
        {
            method: "POST",
            path: `/test/${encodeURIComponent(URLToken)}`,
            // Conversations stay with the version that they began with.
            json: { userId: "pulumi-cognigy", sessionId: `pulumi-cognigy-${randomUUID()}`, text: input },
            needs: "talk to the endpoint",
        },
        answers.reply,
        NO_CONVERSATION,
    );
    const said = [answer?.text, ...(answer?.outputStack ?? []).map(({ text }) => text)].filter(
        (text): text is string => typeof text === "string" && text.trim() !== "",
    );
    return expected === undefined ? said.length > 0 : said.some((text) => text.includes(expected));
}
