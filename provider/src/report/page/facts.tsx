import type { ComponentChildren } from "preact";
import type { Release } from "../report.js";

/** What identifies a release, to be compared and copied. */
export function Facts({ release }: { release: Release }) {
    const { actor, run, previousTag, contentHash, deploymentId, complianceRef, artifact } = release;
    const size = artifact?.bytes === undefined ? "" : ` (${artifact.bytes.toLocaleString("en")} bytes)`;
    const facts: [string, ComponentChildren][] = [
        ["Version before", previousTag],
        ["Deployment", deploymentId && <code>{deploymentId}</code>],
        ["Content", contentHash && <code>{contentHash}</code>],
        [
            "Artifact",
            artifact && (
                <>
                    {artifact.path}
                    {size} <code>sha256:{artifact.sha256}</code>
                </>
            ),
        ],
        ["Reference", complianceRef && <code>{complianceRef}</code>],
        ["By", actor],
        ["Run", run && <code>{run}</code>],
        ...release.exceptions.map(({ rule, reason }): [string, string] => [`Set aside: ${rule}`, reason]),
    ];
    return (
        <dl class="facts">
            {facts
                .filter(([, value]) => value)
                .map(([name, value]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </div>
                ))}
        </dl>
    );
}
