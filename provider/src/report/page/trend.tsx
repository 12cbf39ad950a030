import { durationText } from "../../duration.js";
import type { Trend as TrendData } from "../report.js";
import { drawDuration, drawFailureRate, drawFrequency } from "./charts.js";
import { stretchName } from "./stretch-name.js";

/** The four keys of DORA. */
export function Trend({ trend }: { trend: TrendData }) {
    const { total, points, stretch } = trend;
    if (points.length === 0) {
        return <p class="empty">Nothing to measure in this time.</p>;
    }
    return (
        <>
            <div class="keys">
                <Key
                    name="Deployment frequency"
                    value={`${total.frequency} a week`}
                    note={`${total.stayed} of ${total.attempts} attempts went live and stayed`}
                    svg={drawFrequency(trend)}
                >
                    <span class="legend good">went live and stayed</span>
                    <span class="legend bad">did not stay</span>
                </Key>
                <Key
                    name="Lead time for changes"
                    value={durationText(total.leadTime)}
                    note="median, from a version's first gate until it is live"
                    svg={drawDuration(trend, "leadTime")}
                />
                <Key
                    name="Change failure rate"
                    value={percent(total.failureRate)}
                    note="deployments that did not stay live"
                    svg={drawFailureRate(trend)}
                />
                <Key
                    name="Time to restore"
                    value={durationText(total.timeToRestore)}
                    note={`median${total.unmended > 0 ? `; ${total.unmended} not restored yet` : ""}`}
                    svg={drawDuration(trend, "timeToRestore")}
                />
            </div>
            <details class="numbers">
                <summary>The numbers by {stretch}</summary>
                <Numbers trend={trend} />
            </details>
        </>
    );
}

interface KeyProps {
    name: string;
    value: string;
    note: string;
    svg: string;
    children?: preact.ComponentChildren;
}

function Key({ name, value, note, svg, children }: KeyProps) {
    return (
        <figure>
            <figcaption>
                <h3>{name}</h3>
                <strong>{value}</strong>
                <small>{note}</small>
            </figcaption>
            <div class="chart" aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
            {children && <p class="legends">{children}</p>}
        </figure>
    );
}

function Numbers({ trend: { points, stretch } }: { trend: TrendData }) {
    return (
        <div class="card">
            <table>
                <thead>
                    <tr>
                        <th scope="col">From</th>
                        <th scope="col">Stayed</th>
                        <th scope="col">Did not</th>
                        <th scope="col">Lead time</th>
                        <th scope="col">Failure rate</th>
                        <th scope="col">To restore</th>
                    </tr>
                </thead>
                <tbody>
                    {points
                        .toReversed()
                        .map(({ from, stayed, fell, leadTime, failureRate, timeToRestore }) => (
                            <tr key={from}>
                                <th scope="row">{stretchName(from, stretch)}</th>
                                <td>{stayed}</td>
                                <td>{fell}</td>
                                <td>{durationText(leadTime)}</td>
                                <td>{percent(failureRate)}</td>
                                <td>{durationText(timeToRestore)}</td>
                            </tr>
                        ))}
                </tbody>
            </table>
        </div>
    );
}

function percent(share: number | null): string {
    return share === null ? "-" : `${Number((share * 100).toFixed(1))} %`;
}
