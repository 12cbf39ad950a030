import type { Conversation, SimulationStep } from "../report.js";

/** The conversations of a simulation: at once where one failed, else on request. */
export function Conversations({ step: { passed, conversations, leftOut } }: { step: SimulationStep }) {
    return conversations.length === 0 ? null : (
        <details class="conversations" open={!passed}>
            <summary>Conversations</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">The user says</th>
                        <th scope="col">Expected</th>
                        <th scope="col">Reached</th>
                    </tr>
                </thead>
                <tbody>
                    {conversations.map((conversation, place) => (
                        <Row key={place} conversation={conversation} />
                    ))}
                </tbody>
            </table>
            {leftOut > 0 && <p class="muted">{leftOut} more are not in the ledger.</p>}
        </details>
    );
}

function Row({ conversation: { passed, input, expected, actual, reason } }: { conversation: Conversation }) {
    const reached = actual === null ? "no intent" : (actual ?? "not told");
    return (
        <tr class={passed ? "good" : "bad"}>
            <td data-label="The user says">{input}</td>
            <td data-label="Expected">{expected}</td>
            <td data-label="Reached">
                <span aria-hidden="true">{passed ? "✓" : "✕"}</span>
                <span class="hidden">{passed ? "passed:" : "failed:"}</span> {reached}
                {reason && <small>{reason}</small>}
            </td>
        </tr>
    );
}
