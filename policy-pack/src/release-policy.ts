import type { EnforcementLevel, PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { type CheckedInputs, RELEASE_TYPE, releaseIn, releaseName } from "pulumi-cognigy/release";

/** Why a release is refused, in the three parts that every message has. */
export interface Refusal {
    /** What was found, a clause without a full stop. */
    found: string;
    /** What is expected, likewise. */
    expected: string;
    /** What to do, a sentence without its full stop. */
    advice: string;
}

/** A rule that judges one release by its checked inputs. */
export interface ReleaseRule<Settings extends object> {
    name: string;
    description: string;
    /** @default "mandatory" */
    enforcementLevel?: EnforcementLevel;
    /** What `--policy-pack-config` may set. Every property has a default. */
    settings: PolicyConfigSchema["properties"];
    /**
     * Reads the release and says why it is refused, if it is. A value that is not known yet may be read: the rule is then
     * decided in `up`.
     *
     * @param now milliseconds since 1970.
     */
    judge(release: CheckedInputs, settings: Settings, now: number): Refusal | undefined;
    /**
     * Names the release in the message.
     *
     * @default releaseName
     */
    nameOf?(release: CheckedInputs): string;
}

/** Makes a Pulumi policy of a rule. */
export function releasePolicy<Settings extends object>(
    rule: ReleaseRule<Settings>,
    clock: () => number = () => Date.now(),
): ResourceValidationPolicy {
    const { name, description, enforcementLevel = "mandatory", settings, nameOf = releaseName } = rule;
    return {
        name,
        description,
        enforcementLevel,
        configSchema: { properties: settings },
        validateResource: (args, reportViolation) => {
            const release = releaseIn(args.props);
            // The engine asks about releases too that the provider has refused: those have no context.
            if (args.type !== RELEASE_TYPE || !("context" in release)) {
                return;
            }
            const refusal = rule.judge(release, withDefaults(settings, args.getConfig<Settings>()), clock());
            if (refusal) {
                reportViolation(messageOf(nameOf(release), refusal));
            }
        },
    };
}

/** A refusal as people read it. */
export function messageOf(release: string, { found, expected, advice }: Refusal): string {
    return `Release ${release}: ${found}; expected ${expected}. ${advice}.`;
}

/** The engine fills defaults in for packs that it configures; a pack of a user's own may not be configured at all. */
export function withDefaults<Settings extends object>(
    properties: PolicyConfigSchema["properties"],
    config: Settings | undefined,
): Settings {
    const defaults = Object.entries(properties).map(([name, schema]) => [name, schema.default]);
    return { ...Object.fromEntries(defaults), ...config };
}
