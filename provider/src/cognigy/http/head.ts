import { Readable } from "node:stream";
import type { Dispatcher } from "undici";

/** What a client looks at of an answer. */
export type Answer = Pick<Dispatcher.ResponseData, "statusCode" | "headers" | "body">;

/**
 * Sends a HEAD. Without what a body needs, a stream and a signal that ends it, a thousand of them take a good part less time.
 *
 * @param timeout how long the answer may take, in milliseconds.
 * @throws what the network throws.
 */
export function head(
    dispatcher: Dispatcher,
    request: Dispatcher.RequestOptions,
    timeout: number,
): Promise<Answer> {
    return new Promise((resolve, reject) => {
        let answer: Answer | undefined;
        dispatcher.dispatch(
            { ...request, headersTimeout: timeout },
            {
                onRequestStart: () => {},
                onResponseStart: (_controller, statusCode, headers) => {
                    answer = {
                        statusCode,
                        headers,
                        get body() {
                            return Readable.from([]) as Answer["body"];
                        },
                    };
                },
                onResponseData: () => {},
                onResponseEnd: () => resolve(answer as Answer),
                onResponseError: (_controller, error) => reject(error),
            },
        );
    });
}
