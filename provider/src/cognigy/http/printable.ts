/** What must not be read in a message; what is not there is left out. */
export type Secrets = readonly (string | undefined)[];

/** A text from outside as it may stand in a message: without secrets, on one line, and not long. */
export function printable(text: string, secrets: Secrets, most: number): string {
    // In this order: a secret that is cut, or has its spaces changed, would not be found.
    return redact(text, secrets).replace(/\s+/g, " ").slice(0, most);
}

function redact(text: string, secrets: Secrets): string {
    return secrets
        .flatMap((secret) => (secret ? spellings(secret) : []))
        .reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

/** A secret as it is, in JSON, in an address and in a form. */
function spellings(secret: string): string[] {
    return [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret.toWellFormed()),
        new URLSearchParams([["", secret]]).toString().slice(1),
    ];
}
