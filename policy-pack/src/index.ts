import { allowedEnvironments } from "./rules/allowed-environments";
import { allowedStrategies } from "./rules/allowed-strategies";
import { blastRadius } from "./rules/blast-radius";
import { changelogRequired } from "./rules/changelog-required";
import { dependencyValidationRequired } from "./rules/dependency-validation-required";
import { freezeWindow } from "./rules/freeze-window";
import { healthBakeRequired } from "./rules/health-bake-required";
import { noDowngrade } from "./rules/no-downgrade";
import { noInlineSecrets } from "./rules/no-inline-secrets";
import { oneReleasePerFlow } from "./rules/one-release-per-flow";
import { promotionOrder } from "./rules/promotion-order";
import { rejectedContent } from "./rules/rejected-content";
import { rollbackOnFailureRequired } from "./rules/rollback-on-failure-required";
import { semanticVersionTag } from "./rules/semantic-version-tag";
import { simulationRequired } from "./rules/simulation-required";

export { type Refusal, type ReleaseRule, releasePolicy } from "./release-policy";
export {
    allowedEnvironments,
    allowedStrategies,
    blastRadius,
    changelogRequired,
    dependencyValidationRequired,
    freezeWindow,
    healthBakeRequired,
    noDowngrade,
    noInlineSecrets,
    oneReleasePerFlow,
    promotionOrder,
    rejectedContent,
    rollbackOnFailureRequired,
    semanticVersionTag,
    simulationRequired,
};

/** All rules of release, for a pack that adds some of its own. */
export const policies = [
    semanticVersionTag,
    changelogRequired,
    simulationRequired,
    dependencyValidationRequired,
    rollbackOnFailureRequired,
    healthBakeRequired,
    allowedStrategies,
    allowedEnvironments,
    noDowngrade,
    promotionOrder,
    freezeWindow,
    oneReleasePerFlow,
    noInlineSecrets,
    blastRadius,
    rejectedContent,
];
