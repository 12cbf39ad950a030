import type { Clock } from "../../../clock.js";
import { type Examination, type Finding, type Found, inArea } from "../../examination.js";
import type { HttpClient } from "../../http/client.js";
import { brokenBy, tried } from "../../tried.js";
import * as answers from "../answers.js";
import { AiApi, part } from "../api.js";
import type { AiConnection } from "../connection.js";
import { environmentFindings } from "./environments.js";
import { factFindings } from "./facts.js";
import { flowFindings } from "./flows.js";
import { viewOf } from "./project-view.js";
import { rightsFindings } from "./rights.js";
import { snapshotFindings } from "./snapshots.js";
import { languageModelFindings, playbookFindings, simulatorFinding, taskFindings } from "./surroundings.js";
import {
    auditFinding,
    clocksFinding,
    conversationsFinding,
    credentialsFinding,
    versionFinding,
} from "./tenant.js";

/** What an examination works with. */
export interface AiExaminationParts {
    connection: AiConnection;
    /** For the API. */
    http: HttpClient;
    /** For conversations. */
    endpoints: HttpClient;
    clock: Clock;
}

const READ_PROJECTS = { needs: "read the project" };

/** Looks at a tenant that speaks the Cognigy.AI API. */
export class AiExamination implements Examination {
    readonly api = "cognigy-ai";
    readonly address: string;
    private readonly calls: AiApi;

    constructor(private readonly parts: AiExaminationParts) {
        const { connection, http } = parts;
        this.address = `${connection.origin}${connection.prefix}`;
        this.calls = new AiApi(http);
    }

    async findings(botId?: string): Promise<Finding[]> {
        const credentials = await credentialsFinding(this.parts);
        if (credentials.verdict !== "ok") {
            return inArea("tenant", [credentials]);
        }
        const [others, projects] = await Promise.all([
            Promise.all([
                clocksFinding(this.parts),
                versionFinding(this.parts),
                conversationsFinding(this.parts),
                auditFinding(this.parts),
            ]),
            this.projects(botId),
        ]);
        const tenant = inArea("tenant", [credentials, ...others]);
        if ("findings" in projects) {
            return [...tenant, ...inArea("tenant", projects.findings)];
        }
        return [...tenant, ...(await this.ofProject(projects.project))];
    }

    /** The project that is looked at, or why there is none. */
    private async projects(
        botId: string | undefined,
    ): Promise<{ project: answers.Project } | { findings: Found[] }> {
        if (botId !== undefined) {
            const found = await tried(this.project(botId));
            return "value" in found
                ? { project: found.value }
                : { findings: [brokenBy("project", found.error)] };
        }
        const listed = await tried(this.calls.all("/projects", answers.project, READ_PROJECTS));
        if ("error" in listed) {
            return { findings: [brokenBy("projects", listed.error)] };
        }
        const [project, ...more] = listed.value;
        if (project && more.length === 0) {
            return { project };
        }
        return {
            findings: project
                ? listed.value.map(({ _id, name }) => ({
                      check: "project",
                      subject: { kind: "project", id: _id, name },
                      verdict: "ok",
                      found: `project "${name}": look at it with --bot ${_id}`,
                  }))
                : [
                      {
                          check: "projects",
                          verdict: "will not work",
                          found: "the user is a member of no project",
                          advice: "Add the user to the project, with a role that may read it.",
                      },
                  ],
        };
    }

    private async project(id: string): Promise<answers.Project> {
        return this.calls.get(`/projects/${part(id)}`, answers.project, READ_PROJECTS);
    }

    private async ofProject(project: answers.Project): Promise<Finding[]> {
        const { connection, http } = this.parts;
        const { _id, name } = project;
        const view = await viewOf(this.calls, project, connection.environments);
        return inArea(`project "${name}" (botId "${_id}")`, [
            ...(await rightsFindings(this.calls, view)),
            ...(await flowFindings(this.calls, view)),
            ...environmentFindings(view, connection),
            ...snapshotFindings(view),
            ...playbookFindings(view),
            ...languageModelFindings(view),
            ...taskFindings(view),
            await simulatorFinding(http, _id),
            ...(await factFindings(this.calls, view)),
        ]);
    }
}
