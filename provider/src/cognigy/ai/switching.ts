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
     * Switches endpoints, the first one last: it says what is live, so that an environment that is switched in part is found
     * to be what it was.
     *
     * @param from where they may lead to before: what is found to lead anywhere else was switched by somebody.
     */
    async to(wanted: readonly Binding[], from: readonly Binding[]): Promise<void> {
        const switched: string[] = [];
        for (const binding of [...wanted].reverse()) {
            const before = bindingOf(await this.environments.read(binding.endpoint));
            if (sameBinding(before, binding)) {
                continue;
            }
            if (!from.some((one) => sameBinding(one, before))) {
                throw new ReleaseError(
                    `endpoint ${binding.endpoint} leads to ${before.entrypoint} now: somebody has switched it meanwhile. ` +
                        "Run `pulumi refresh` to see what is live, then `pulumi up` again.",
                );
            }
            await this.one(binding).catch((error: unknown) => {
                throw inPart(error, switched);
            });
            switched.push(binding.endpoint);
        }
    }

    /** Switches an endpoint. Where the answer is lost, a look at the endpoint tells what became of it. */
    private async one(binding: Binding): Promise<void> {
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
        if (!sameBinding(after, binding)) {
            throw (
                lost ??
                new PlatformError(
                    "unavailable",
                    `PATCH /new/v2.0/endpoints/${binding.endpoint}`,
                    `endpoint ${binding.endpoint} was switched to ${deploymentIdOf([binding])}, and leads to ${deploymentIdOf([after])}.`,
                )
            );
        }
    }
}

/** The error of a switch, and which endpoints were switched before it. */
function inPart(error: unknown, switched: readonly string[]): unknown {
    return switched.length > 0 && isPlatformError(error)
        ? new PlatformError(
              error.kind,
              error.call,
              `${error.message} ${switched.length === 1 ? "Endpoint" : "Endpoints"} ${switched.join(", ")} of the same environment ` +
                  "had been switched before; the others lead to what they led to, and the first one says what is live. The next " +
                  "`pulumi up` goes on.",
          )
        : error;
}
