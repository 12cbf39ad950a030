import { type Blocked, conversationsIn, type SimulationProgress, simulationEnded } from "../release/gates.js";
import type { ReleaseInputs, Simulation } from "../release/inputs.js";
import type { Pipeline } from "./pipeline.js";
import { poll } from "./poll.js";

/**
 * Plays the test cases against the flow, and waits for the end.
 *
 * @returns the simulation's id; and the run, undefined when it did not end in time.
 */
export async function simulate(
    pipeline: Pipeline,
    inputs: ReleaseInputs,
    simulation: Simulation,
): Promise<{ id: string; run: SimulationProgress | undefined }> {
    const { platform } = pipeline;
    const { timeoutSeconds } = simulation;
    const id = await platform.startSimulation(inputs, simulation);
    const run = await poll(pipeline, timeoutSeconds, async () => {
        const progress = await platform.simulation(id);
        return simulationEnded(progress, conversationsIn(simulation)) ? progress : undefined;
    });
    return { id, run };
}

/** A simulation of which nobody knows how it would end. */
export function simulationTimeout(id: string, timeoutSeconds: number): Blocked {
    return {
        gate: "simulation_failed",
        summary: `simulation ${id} did not end within ${timeoutSeconds} s`,
        findings: [],
        advice: "Raise `simulation.timeoutSeconds`, or look at the simulation on the platform",
    };
}
