import type { Readable } from "node:stream";

/** An answer longer than this is not read, in bytes, unless its call says that more may come. */
export const LARGEST_ANSWER = 1024 * 1024;
/** A refusal longer than this is not read for what it says, in bytes. */
export const LARGEST_REFUSAL = 64 * 1024;

/** An answer that is larger than anything the contract has. */
export class AnswerTooLarge extends Error {}

/** An answer whose bytes are no UTF-8: as any other text two of them that differ might read the same. */
export class NoUnicode extends Error {}

/**
 * Reads a whole body as text.
 *
 * @param most bytes.
 * @throws AnswerTooLarge as soon as it is longer, without reading on.
 * @throws NoUnicode
 */
export async function readText(body: Readable, most = LARGEST_ANSWER): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > most) {
            body.destroy();
            throw new AnswerTooLarge();
        }
        chunks.push(chunk);
    }
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    } catch {
        throw new NoUnicode();
    }
}

/**
 * What a refusal says for itself: the message in its JSON as it is, with what its authors would look it up by (RFC 7807 and
 * what the platform adds to it); empty where there is none.
 */
export function messageIn(text: string): string {
    try {
        const body = JSON.parse(text) as Record<string, unknown>;
        const { code, traceId } = body;
        const marks = [
            ...(typeof code === "number" ? [`code ${code}`] : []),
            ...(typeof traceId === "string" && traceId !== "" ? [`trace ${traceId.slice(0, 100)}`] : []),
        ];
        const message = ["message", "detail", "error_description", "error", "title"]
            .map((key) => body[key])
            .find((value): value is string => typeof value === "string" && value.trim() !== "");
        return [message, marks.join(", ")].filter(Boolean).join("; ");
    } catch {
        return "";
    }
}
