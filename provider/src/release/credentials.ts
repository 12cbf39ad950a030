/** What credentials look like. No form goes back far over a text: that may be long, and anybody's. */
const CREDENTIALS: readonly { kind: string; form: RegExp }[] = [
    { kind: "a private key", form: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/ },
    { kind: "a JSON web token", form: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,2000}\./ },
    { kind: "a bearer token", form: /\bbearer\s+[\w.~+/-]{16,}/i },
    { kind: "an AWS access key", form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
    { kind: "a GitHub token", form: /\b(?:gh[pousr]_\w{36,}|github_pat_\w{22,})/ },
    { kind: "a Slack token", form: /\bxox[abprs]-[\w-]{10,}/ },
    { kind: "a Google API key", form: /\bAIza[\w-]{35}/ },
    { kind: "a secret API key", form: /\bsk[-_](?:live|test|proj)?[-_]?\w{20,}/ },
    { kind: "a password in an address", form: /\b[a-z][a-z+.-]{0,30}:\/\/[^\s/:@]{1,200}:[^\s/@]{1,200}@/i },
    {
        kind: "a credential",
        form: /\b(?:api[-_ ]?key|client[-_ ]?secret|access[-_ ]?token|password|passwd|pwd)\s*[:=]\s*["']?[^\s"']{8,}/i,
    },
];

/** Tells which kind of credential a text seems to hold: `a bearer token`. Undefined: none. */
export function credentialIn(text: string): string | undefined {
    return CREDENTIALS.find(({ form }) => form.test(text))?.kind;
}
