import { ReleaseError } from "../../release/failure.js";
import { isPlatformError, PlatformError } from "../errors.js";
import type * as answers from "./answers.js";
import { type Binding, deploymentIdOf, sameBinding } from "./binding.js";
import { bindingOf, type Environment, type EnvironmentBook } from "./environments.js";

/** Lets endpoints lead elsewhere, and makes sure that they do. */
export class Switching {
    constructor(private readonly environments: EnvironmentBook) {}

    /** Where the endpoints of an environment lead to now, the first one first. */
    async now({ endpoints }: Environment): Promise<answers.Endpoint[]> {
        return Promise.all(endpoints.map(({ _id }) => this.environments.read(_id)));
    }

    /**
     * Switches endpoints, the first one last. Where one is refused, those before it are switched back.
     *
     * @param from where they may lead to before: what is found to lead anywhere else was switched by somebody.
     */
    async to(wanted: readonly Binding[], from: readonly Binding[]): Promise<void> {
        try {
            for (const binding of [...wanted].reverse()) {
                const old = bindingOf(await this.environments.read(binding.endpoint));
                if (!sameBinding(old, binding)) {
                    expectKnown(old, from);
                    // Not switched once more: who has switched it in that moment has meant it.
                    expectKnown(await this.one(binding), [binding]);
                }
            }
        } catch (error) {
            // Where nobody knows what became of it, the next try goes on from here.
            throw isPlatformError(error) && error.outcomeUnknown
                ? error
                : await this.undone(error, wanted, from);
        }
    }

    /** Switches back what was switched before an error. @returns the error, or that it is half done. */
    private async undone(error: unknown, wanted: readonly Binding[], from: readonly Binding[]) {
        try {
            await this.back(wanted, from);
            return error;
        } catch (further) {
            const call = `PATCH /new/v2.0/endpoints/${wanted[0]?.endpoint}`;
            const half = "endpoints that were switched before it could not be switched back";
            return new PlatformError(
                "unavailable",
                call,
                `${(error as Error).message} And ${half}: ${(further as Error).message}`,
            );
        }
    }

    /**
     * Lets endpoints lead back, each one that still leads where it was led: where somebody has switched it since, it stays.
     * Goes on where one cannot be switched, and tells then.
     */
    async back(taken: readonly Binding[], goal: readonly Binding[]): Promise<void> {
        const failures: unknown[] = [];
        for (const binding of [...taken].reverse()) {
            try {
                const now = await this.environments.readIfThere(binding.endpoint);
                const before = goal.find(({ endpoint }) => endpoint === binding.endpoint);
                if (now && before && sameBinding(bindingOf(now), binding) && !sameBinding(before, binding)) {
                    expectHeld(before, await this.one(before));
                }
            } catch (error) {
                failures.push(error);
            }
        }
        if (failures.length > 0) {
            throw failures[0];
        }
    }

    /** Those of some bindings that are still so. */
    async standing(bindings: readonly Binding[]): Promise<Binding[]> {
        const now = await Promise.all(
            bindings.map(({ endpoint }) => this.environments.readIfThere(endpoint)),
        );
        return bindings.filter((binding, index) => {
            const endpoint = now[index];
            return endpoint !== undefined && sameBinding(bindingOf(endpoint), binding);
        });
    }

    /**
     * Switches an endpoint. Where the answer is lost, a look at the endpoint tells what became of it.
     *
     * @returns where it leads then.
     */
    private async one(binding: Binding): Promise<Binding> {
        let lost: unknown;
        try {
            await this.environments.bind(binding);
        } catch (error) {
            if (!isPlatformError(error) || !error.outcomeUnknown) {
                throw error;
            }
            lost = error;
        }
        const after = bindingOf(await this.environments.read(binding.endpoint));
        if (lost && !sameBinding(after, binding)) {
            throw lost;
        }
        return after;
    }
}

function expectHeld(binding: Binding, after: Binding): void {
    if (!sameBinding(after, binding)) {
        throw new PlatformError(
            "unavailable",
            `PATCH /new/v2.0/endpoints/${binding.endpoint}`,
            `endpoint ${binding.endpoint} was switched to ${deploymentIdOf([binding])}, and leads to ${deploymentIdOf([after])}.`,
        );
    }
}

function expectKnown(found: Binding, from: readonly Binding[]): void {
    if (!from.some((one) => sameBinding(one, found))) {
        throw new ReleaseError(
            `endpoint ${found.endpoint} leads to ${found.entrypoint} now: somebody has switched it meanwhile. ` +
                "Nothing was deployed. Run `pulumi refresh` to see what is live, then `pulumi up` again.",
        );
    }
}
