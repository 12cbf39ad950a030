import { Refusal } from "../../refusal";
import type { AiPlatform } from "../platform";
import type { Project } from "../project";
import type { Resource, ResourceOf, ResourceType } from "../resource";
import type { Snapshot } from "../snapshots";

interface Named {
    readonly _id: string;
    readonly name: string;
    readonly referenceId?: string;
}

/**
 * Finds what a control call speaks of: by `_id`, by referenceId, by name, or by `<project>/<name>`. Every method throws
 * a `Refusal` when nothing or more than one thing is meant.
 */
export class Finder {
    constructor(private readonly platform: AiPlatform) {}

    project(word: string): Project {
        return theOne(
            "project",
            word,
            this.platform.projects.list().filter(({ _id, name }) => _id === word || name === word),
        );
    }

    snapshot(word: string): Snapshot {
        const { projects, snapshots } = this.platform;
        return theOne(
            "snapshot",
            word,
            snapshots.list().filter((snapshot) => isMeant(snapshot, projects.find(snapshot.projectId), word)),
        );
    }

    /** Also finds what was made missing. */
    resource<Type extends ResourceType>(
        type: Type,
        word: string,
    ): { readonly project: Project; readonly resource: ResourceOf<Type> } {
        const found = this.platform.projects
            .list()
            .flatMap((project) =>
                [...project.all(), ...project.allMissing()]
                    .filter(
                        (resource: Resource) => resource.type === type && isMeant(resource, project, word),
                    )
                    .map((resource) => ({ project, resource: resource as ResourceOf<Type> })),
            );
        return theOne(type, word, found);
    }
}

function isMeant({ _id, name, referenceId }: Named, project: Project, word: string): boolean {
    return [_id, name, referenceId, `${project.name}/${name}`].includes(word);
}

function theOne<Thing>(kind: string, word: string, found: readonly Thing[]): Thing {
    const [first] = found;
    if (first === undefined) {
        throw Refusal.notFound(`There is no ${kind} "${word}".`);
    }
    if (found.length > 1) {
        throw new Refusal(
            "conflict",
            "ambiguous",
            `There is more than one ${kind} "${word}": name it by its _id, or as "<project>/${word}".`,
        );
    }
    return first;
}
