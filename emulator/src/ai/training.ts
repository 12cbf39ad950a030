import type { Project } from "./project";
import type { Flow } from "./resource";
import type { Task, Tasks } from "./tasks";

/** Trains a flow as it stands at the end of the task. */
export function trainFlow(tasks: Tasks, project: Project, flow: Flow, userId: string): Task {
    return tasks.start({
        type: "trainIntents",
        projectId: project._id,
        parameters: { flowId: flow._id },
        createdBy: userId,
        effect: () => {
            learn(project, flow._id);
            return {};
        },
    });
}

/** Trains all flows of a project. */
export function trainAll(tasks: Tasks, project: Project, userId: string): Task {
    return tasks.start({
        type: "trainAllProjectFlows",
        projectId: project._id,
        parameters: { projectId: project._id },
        createdBy: userId,
        effect: () => {
            for (const { _id } of project.of("flow")) {
                learn(project, _id);
            }
            return {};
        },
    });
}

function learn(project: Project, flowId: string): void {
    const flow = project.get(flowId);
    if (flow?.type === "flow") {
        project.put({ ...flow, trained: flow.intents, isTrainingOutOfDate: false });
    }
}
