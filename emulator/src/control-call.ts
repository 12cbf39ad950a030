/** The control API refused a call; the message says why. */
export class ControlError extends Error {
    override readonly name = "ControlError";

    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
    }
}

/** Makes one call; the segments of the path are encoded. @throws ControlError when it is refused */
export type ControlCall = <Answer>(
    method: string,
    path: readonly string[],
    body?: unknown,
) => Promise<Answer>;

/** Calls to the control API of the emulator at `url`. */
export function controlCallTo(url: string): ControlCall {
    const base = `${url.replace(/\/+$/, "")}/_control`;
    return async <Answer>(method: string, path: readonly string[], body?: unknown) => {
        const target = [base, ...path.map(encodeURIComponent)].join("/");
        const response = await fetch(
            target,
            body === undefined
                ? { method }
                : { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } },
        );
        const text = await response.text();
        if (!response.ok) {
            throw new ControlError(
                response.status,
                messageIn(text) ?? `${method} ${target}: ${response.status}`,
            );
        }
        return (text === "" ? undefined : JSON.parse(text)) as Answer;
    };
}

function messageIn(text: string): string | undefined {
    try {
        return (JSON.parse(text) as { message?: string }).message;
    } catch {
        return undefined;
    }
}
