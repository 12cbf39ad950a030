/** What an endpoint leads to. */
export interface Binding {
    /** The `_id` of the endpoint. */
    endpoint: string;
    /** The `_id` of a snapshot, or of a project: its draft. */
    entrypoint: string;
    /** The referenceId of a flow. */
    flowId: string;
    /** The referenceId of a locale. */
    localeId: string;
}

const ONE = /^([A-Za-z0-9]+)=([A-Za-z0-9]+)\/([^/+=]*)\/([^/+=]*)$/;

/**
 * Names a deployment after what it is: where each endpoint of an environment leads to. The platform keeps no deployments;
 * named so, one can be recognised, and gone back to, by looking.
 */
export function deploymentIdOf(bindings: readonly Binding[]): string {
    return bindings
        .map(({ endpoint, entrypoint, flowId, localeId }) => {
            const [flow, locale] = [flowId, localeId].map((id) => encodeURIComponent(id));
            return `${endpoint}=${entrypoint}/${flow}/${locale}`;
        })
        .join("+");
}

/** What a deployment's name says; undefined where it is no name of one. */
export function bindingsIn(deploymentId: string): Binding[] | undefined {
    const bindings: Binding[] = [];
    for (const one of deploymentId.split("+")) {
        const [, endpoint, entrypoint, flow, locale] = ONE.exec(one) ?? [];
        if (endpoint === undefined || entrypoint === undefined) {
            return undefined;
        }
        try {
            const [flowId = "", localeId = ""] = [flow, locale].map((id) => decodeURIComponent(id ?? ""));
            bindings.push({ endpoint, entrypoint, flowId, localeId });
        } catch {
            return undefined;
        }
    }
    return bindings;
}

/** Whether two endpoints lead to the same. */
export function sameBinding(one: Binding, other: Binding): boolean {
    return deploymentIdOf([one]) === deploymentIdOf([other]);
}
