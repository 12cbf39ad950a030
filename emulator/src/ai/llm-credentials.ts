import { byReference, type LargeLanguageModel, type Resource } from "./resource";

/** What the test of a language model says. */
export interface CredentialsVerdict {
    readonly llmProvider: string;
    readonly isCredentialsValid: boolean;
    readonly msg: string;
    readonly msgErr?: string;
}

/** Which language models can be reached. */
export class LlmCredentials {
    /** By referenceId of the language model: what its provider says. */
    private readonly broken = new Map<string, string>();

    /** Lets the provider refuse a model's credentials; null repairs them. */
    set(referenceId: string, problem: string | null): void {
        if (problem === null) {
            this.broken.delete(referenceId);
        } else {
            this.broken.set(referenceId, problem);
        }
    }

    /** Tries the credentials of a model among the resources that it lives with. */
    test(model: LargeLanguageModel, siblings: readonly Resource[]): CredentialsVerdict {
        const problem = this.problemOf(siblings, model.referenceId);
        return {
            llmProvider: model.provider,
            isCredentialsValid: problem === null,
            msg: problem === null ? "The credentials are valid." : "The credentials are not valid.",
            ...(problem === null ? {} : { msgErr: problem }),
        };
    }

    /** Why a model cannot be used, or null. */
    problemOf(resources: readonly Resource[], referenceId: string): string | null {
        const model = byReference(resources, "largeLanguageModel", referenceId);
        if (model === undefined) {
            return `The language model "${referenceId}" does not exist.`;
        }
        if (byReference(resources, "connection", model.connection) === undefined) {
            return `The language model "${model.name}" has no connection.`;
        }
        return this.broken.get(referenceId) ?? null;
    }
}
