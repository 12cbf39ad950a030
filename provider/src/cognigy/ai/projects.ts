import { ifThere, PlatformError } from "../errors.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";

/** Ids that others have given away and that are no ids of this API do not go into an address. */
const OBJECT_ID = /^[A-Za-z0-9]{24}$/;

/** The flows and languages of projects. What does not change while a program runs is asked for once. */
export class Projects {
    /** By project: its flows, as they were listed last. */
    private readonly lists = new Map<string, Promise<readonly answers.Flow[]>>();
    private readonly locales = new Map<string, Promise<answers.Locale[]>>();

    constructor(private readonly api: AiApi) {}

    /**
     * A flow as it stands in the editor, without its nodes.
     *
     * @param declared its `_id`; its referenceId, which stays the same in copies; or its name, where no other has it.
     * @throws PlatformError when there is no such flow in the project.
     */
    async flow(projectId: string, declared: string): Promise<answers.Flow> {
        const id = OBJECT_ID.test(declared) ? declared : (await this.listed(projectId, declared))?._id;
        const found =
            id === undefined
                ? undefined
                : await this.api.find(`/flows/${part(id)}`, answers.flow, { needs: "read flows" });
        if (!found) {
            throw new PlatformError(
                "not_found",
                `GET /new/v2.0/flows/${declared}`,
                `there is no flow ${declared.slice(0, 100)} in project ${projectId.slice(0, 100)} on this tenant. Check ` +
                    "`botId`, which is the project's id, and `flowId`, which is the flow's id, its referenceId or its name: " +
                    "`cognigy-release doctor` lists them.",
            );
        }
        return found;
    }

    /** A flow by its referenceId or its name; undefined where there is none, or several of that name. */
    async listed(projectId: string, declared: string): Promise<answers.Flow | undefined> {
        const before = this.lists.get(projectId);
        const known = found(await before, declared);
        if (known || declared === "") {
            return known;
        }
        // Whoever finds out at the same time that the list is too old asks for one new list.
        if (this.lists.get(projectId) === before) {
            this.all(projectId);
        }
        return found(await this.lists.get(projectId), declared);
    }

    /** All flows of a project, as they are listed now. */
    all(projectId: string): Promise<readonly answers.Flow[]> {
        const asked = this.list(projectId);
        this.lists.set(projectId, asked);
        asked.catch(() => this.lists.delete(projectId));
        return asked;
    }

    /** The languages of a project. */
    async localesOf(projectId: string): Promise<answers.Locale[]> {
        const asked =
            this.locales.get(projectId) ??
            this.api.all("/locales", answers.locale, { query: { projectId }, needs: "read locales" });
        this.locales.set(projectId, asked);
        asked.catch(() => this.locales.delete(projectId));
        return asked;
    }

    /** The referenceId of the language in which conversations are held where none is named. */
    async primaryLocale(projectId: string): Promise<string> {
        const locales = await this.localesOf(projectId);
        return (locales.find(({ primary }) => primary) ?? locales[0])?.referenceId ?? "";
    }

    private async list(projectId: string): Promise<readonly answers.Flow[]> {
        const flows = this.api.all("/flows", answers.flow, { query: { projectId }, needs: "read flows" });
        return (await ifThere(flows)) ?? [];
    }
}

function found(flows: readonly answers.Flow[] = [], declared: string): answers.Flow | undefined {
    const same = flows.filter(({ name }) => name === declared);
    return (
        flows.find(({ referenceId }) => referenceId === declared) ?? (same.length === 1 ? same[0] : undefined)
    );
}
