import { type CheckedInputs, credentialIn, DECLARED, releaseName } from "pulumi-cognigy/release";
import { configError } from "../config-error";
import { releasePolicy } from "../release-policy";

interface Settings {
    allow: string[];
}

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
