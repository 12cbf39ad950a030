import { useState } from "preact/hooks";
import type { Place } from "../report.js";
import { HealthBadge, OutcomeBadge } from "./badges.js";
import { Hash } from "./hash.js";
import { agoText, Moment } from "./moment.js";
import { Pager } from "./pager.js";
import { queryLink } from "./query.js";
import { matches, wordsOfPlace } from "./search.js";

/** Rows a page; with no more, there is nothing to look for. */
const ROWS = 15;

export interface PlacesProps {
    places: readonly Place[];
    /** When the report was made. */
    madeAt: number;
}

/** What is live where. */
export function Places({ places, madeAt }: PlacesProps) {
    const [query, setQuery] = useState("");
    const [page, setPage] = useState(0);
    if (places.length === 0) {
        return <p class="empty">Nothing was released yet.</p>;
    }
    const found = places.filter((place) => matches(wordsOfPlace(place), query));
    return (
        <>
            {places.length > ROWS && (
                <div class="tools">
                    <label class="wide">
                        Find
                        <input
                            type="search"
                            placeholder="bot, flow, environment, version"
                            value={query}
                            onInput={({ currentTarget }) => {
                                setQuery(currentTarget.value);
                                setPage(0);
                            }}
                        />
                    </label>
                    <output>{`${found.length} of ${places.length}`}</output>
                </div>
            )}
            <table class="places">
                <thead>
                    <tr>
                        <th scope="col">Flow</th>
                        <th scope="col">Environment</th>
                        <th scope="col">Live</th>
                        <th scope="col">Since</th>
                        <th scope="col" class="content">
                            Content
                        </th>
                        <th scope="col">Last attempt</th>
                    </tr>
                </thead>
                <tbody>
                    {found.slice(page * ROWS, (page + 1) * ROWS).map((place) => (
                        <Row
                            key={JSON.stringify([place.bot, place.flow, place.environment])}
                            place={place}
                            madeAt={madeAt}
                        />
                    ))}
                </tbody>
            </table>
            <Pager what="places" page={page} pages={Math.ceil(found.length / ROWS)} turn={setPage} />
        </>
    );
}

function Row({ place: { bot, flow, environment, live, last }, madeAt }: { place: Place; madeAt: number }) {
    return (
        <tr>
            <th scope="row">
                {flow} <small>{bot}</small>
            </th>
            <td>{environment}</td>
            <td class="live">
                {live ? (
                    <>
                        <a class="tag" href={queryLink(live.tag, flow, bot, environment)}>
                            {live.tag}
                        </a>{" "}
                        <HealthBadge health={live.health} />
                    </>
                ) : (
                    <span class="muted">nothing</span>
                )}
            </td>
            <td>
                {live && (
                    <>
                        <Moment at={live.since} /> <small class="ago">{agoText(live.since, madeAt)}</small>
                    </>
                )}
            </td>
            <td class="content">{live?.contentHash && <Hash hash={live.contentHash} />}</td>
            <td>
                {last && (
                    <>
                        <OutcomeBadge outcome={last.outcome} />{" "}
                        {last.at !== live?.since && (
                            <small>
                                {last.tag}, <Moment at={last.at} />
                            </small>
                        )}
                    </>
                )}
            </td>
        </tr>
    );
}
