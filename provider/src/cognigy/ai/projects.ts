import { isPlatformError, PlatformError } from "../errors.js";
import * as answers from "./answers.js";
import { type AiApi, part } from "./api.js";

/** Ids that others have given away and that are no ids of this API do not go into an address. */
const OBJECT_ID = /^[A-Za-z0-9]{24}$/;

/** The flows and languages of projects. What does not change while a program runs is asked for once. */
export class Projects {
    /** By project: the `_id` of each flow, by its referenceId. */
    private readonly ids = new Map<string, Promise<Map<string, string>>>();
    private readonly locales = new Map<string, Promise<answers.Locale[]>>();

    constructor(private readonly api: AiApi) {}

    /**
     * A flow as it stands in the editor, without its nodes.
     *
     * @param declared its `_id`, or its referenceId, which stays the same in copies.
     * @throws PlatformError when there is no such flow in the project.
     */
    async flow(projectId: string, declared: string): Promise<answers.Flow> {
        const id = OBJECT_ID.test(declared) ? declared : await this.idOf(projectId, declared);
        const found =
            id === undefined
                ? undefined
                : await this.api.find(`/flows/${part(id)}`, answers.flow, { needs: "read flows" });
        if (!found) {
            throw new PlatformError(
                "not_found",
                `GET /new/v2.0/flows/${declared}`,
                `there is no flow ${declared.slice(0, 100)} in project ${projectId.slice(0, 100)} on this tenant. Check ` +
                    "`botId`, which is the project's id, and `flowId`, which is the flow's id or its referenceId: " +
                    "`cognigy-release doctor` lists them.",
            );
        }
        return found;
    }

    /** The `_id` of a flow by its referenceId; undefined where there is none. */
    async idOf(projectId: string, referenceId: string): Promise<string | undefined> {
        const listed = this.ids.get(projectId);
        const known = (await listed)?.get(referenceId);
        if (known !== undefined || referenceId === "") {
            return known;
        }
        // Whoever finds out at the same time that the list is too old asks for one new list.
        if (this.ids.get(projectId) === listed) {
            const asked = this.readIds(projectId);
            this.ids.set(projectId, asked);
            asked.catch(() => this.ids.delete(projectId));
        }
        return (await this.ids.get(projectId))?.get(referenceId);
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

    private async readIds(projectId: string): Promise<Map<string, string>> {
        try {
            const flows = await this.api.all("/flows", answers.flow, {
                query: { projectId },
                needs: "read flows",
            });
            return new Map(flows.map(({ _id, referenceId }) => [referenceId, _id]));
        } catch (error) {
            if (isPlatformError(error, "not_found")) {
                return new Map();
            }
            throw error;
        }
    }
}
