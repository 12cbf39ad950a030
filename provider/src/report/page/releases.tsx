import { useEffect, useMemo, useState } from "preact/hooks";
import type { Outcome, Release } from "../report.js";
import { outcomeWord } from "./badges.js";
import { Pager } from "./pager.js";
import { queryIn } from "./query.js";
import { ReleaseItem } from "./release-item.js";
import { matches, wordsOfRelease } from "./search.js";

/** Releases a page. */
const ROWS = 25;

/** What releases are chosen by, besides words. */
const FIELDS = ["environment", "bot", "outcome"] as const;
type Field = (typeof FIELDS)[number];

/** Every attempted release, to look through. */
export function Releases({ releases }: { releases: readonly Release[] }) {
    const [query, setQuery] = useState("");
    const [chosen, setChosen] = useState<Partial<Record<Field, string>>>({});
    const [page, setPage] = useState(0);
    useEffect(() => {
        const follow = () => {
            const wanted = queryIn(location.hash);
            if (wanted) {
                setQuery(wanted);
                setChosen({});
                setPage(0);
                document.getElementById("releases-title")?.scrollIntoView();
            }
        };
        follow();
        addEventListener("hashchange", follow);
        return () => removeEventListener("hashchange", follow);
    }, []);
    const words = useMemo(() => new Map<Release, string>(), [releases]);
    const found = releases.filter(
        (release) =>
            FIELDS.every((field) => !chosen[field] || release[field] === chosen[field]) &&
            (query.trim() === "" || matches(wordsFor(release, words), query.trim())),
    );
    if (releases.length === 0) {
        return <p class="empty">No release in this time.</p>;
    }
    const shown = found.slice(page * ROWS, (page + 1) * ROWS);
    return (
        <>
            <div class="tools">
                <label class="wide">
                    Find
                    <input
                        id="find"
                        type="search"
                        placeholder="version, flow, person, changelog, hash …"
                        value={query}
                        onInput={({ currentTarget }) => {
                            setQuery(currentTarget.value);
                            setPage(0);
                        }}
                    />
                </label>
                {FIELDS.map((field) => (
                    <Choice
                        key={field}
                        field={field}
                        releases={releases}
                        value={chosen[field] ?? ""}
                        choose={(value) => {
                            setChosen({ ...chosen, [field]: value });
                            setPage(0);
                        }}
                    />
                ))}
                <output>{`${found.length.toLocaleString("en")} of ${releases.length.toLocaleString("en")}`}</output>
            </div>
            <p class="without-script">
                {releases.length > ROWS && `The newest ${ROWS} of ${releases.length.toLocaleString("en")}.`}
            </p>
            <div class="releases">
                {shown.map((release) => (
                    <ReleaseItem
                        key={`${release.bot} ${release.flow} ${release.environment} ${release.tag} ${release.at}`}
                        release={release}
                    />
                ))}
                {shown.length === 0 && <p class="empty">No release has all that.</p>}
            </div>
            <Pager what="releases" page={page} pages={Math.ceil(found.length / ROWS)} turn={setPage} />
        </>
    );
}

/** Made when it is first looked for: most readers never do. */
function wordsFor(release: Release, words: Map<Release, string>): string {
    const known = words.get(release) ?? wordsOfRelease(release);
    words.set(release, known);
    return known;
}

interface ChoiceProps {
    field: Field;
    releases: readonly Release[];
    value: string;
    choose: (value: string) => void;
}

function Choice({ field, releases, value, choose }: ChoiceProps) {
    const values = useMemo(
        () => [...new Set(releases.map((release) => release[field]))].sort(),
        [releases, field],
    );
    return values.length < 2 ? null : (
        <label>
            {field[0]?.toUpperCase()}
            {field.slice(1)}
            <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
                <option value="">All</option>
                {values.map((one) => (
                    <option key={one} value={one}>
                        {field === "outcome" ? outcomeWord(one as Outcome) : one}
                    </option>
                ))}
            </select>
        </label>
    );
}
