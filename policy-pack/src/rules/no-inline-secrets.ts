import { type CheckedInputs, DECLARED, releaseName } from "pulumi-cognigy/release";
import { configError } from "../config-error";
import { releasePolicy } from "../release-policy";

interface Settings {
    allow: string[];
}

/** What credentials look like. */
const CREDENTIALS: readonly { kind: string; form: RegExp }[] = [
    { kind: "a private key", form: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
    { kind: "a JSON web token", form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
    { kind: "a bearer token", form: /\bbearer\s+[\w.~+/-]{16,}/i },
    { kind: "an AWS access key", form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
    { kind: "a GitHub token", form: /\b(?:gh[pousr]_\w{36,}|github_pat_\w{22,})/ },
    { kind: "a Slack token", form: /\bxox[abprs]-[\w-]{10,}/ },
    { kind: "a Google API key", form: /\bAIza[\w-]{35}/ },
    { kind: "a secret API key", form: /\bsk[-_](?:live|test|proj)?[-_]?\w{20,}/ },
    { kind: "a password in an address", form: /\b[a-z][a-z+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i },
    {
        kind: "a credential",
        form: /\b(?:api[-_ ]?key|client[-_ ]?secret|access[-_ ]?token|password|passwd|pwd)\s*[:=]\s*["']?[^\s"']{8,}/i,
    },
];

/** Refuses something that looks like a credential in an input. The message names where it stands, never what it is. */
export const noInlineSecrets = releasePolicy<Settings>({
    name: "no-inline-secrets",
    description: "A release holds no credential: state and ledger would keep it.",
    settings: {
        allow: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Regular expressions of texts that look like credentials and are none.",
        },
    },
    judge: (release, { allow }) => {
        const allowed = allow.map(expression);
        for (const name of DECLARED) {
            for (const { path, text } of textsIn(release[name], name)) {
                const kind = credentialIn(text);
                if (kind && !allowed.some((form) => form.test(text))) {
                    return {
                        found: `\`${path}\` holds what looks like ${kind}`,
                        expected: "no credential in an input",
                        advice: "Take it out, change the credential, and keep it in the connection's secret config",
                    };
                }
            }
        }
        return undefined;
    },
    nameOf: withoutCredentials,
});

function expression(form: string, index: number): RegExp {
    try {
        return new RegExp(form);
    } catch {
        throw configError("no-inline-secrets", [
            `allow.${index}: expected a regular expression, not "${form}"`,
        ]);
    }
}

/** A release's name, which is made of inputs too. */
function withoutCredentials(release: CheckedInputs): string {
    const { versionTag, flowId, botId, targetEnvironment } = release;
    const names = { versionTag, flowId, botId, targetEnvironment };
    const shown = Object.entries(names).map(([key, text]) => [
        key,
        credentialIn(text) ? "[not shown]" : text,
    ]);
    // Not the rest of the release: a name does not need it, and it may not be known yet.
    return releaseName(Object.fromEntries(shown) as CheckedInputs);
}

function credentialIn(text: string): string | undefined {
    return CREDENTIALS.find(({ form }) => form.test(text))?.kind;
}

function textsIn(value: unknown, path: string): { path: string; text: string }[] {
    if (typeof value === "string") {
        return [{ path, text: value }];
    }
    if (Array.isArray(value)) {
        return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
    }
    return typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`))
        : [];
}
