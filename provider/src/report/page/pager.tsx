interface PagerProps {
    /** What is turned over: `releases`. */
    what: string;
    page: number;
    pages: number;
    turn: (page: number) => void;
}

/** Turns pages; nothing where there is only one. */
export function Pager({ what, page, pages, turn }: PagerProps) {
    return pages <= 1 ? null : (
        <nav class="pager" aria-label={`Pages of ${what}`}>
            <button type="button" disabled={page === 0} onClick={() => turn(0)}>
                First
            </button>
            <button type="button" disabled={page === 0} onClick={() => turn(page - 1)}>
                Previous
            </button>
            <span>{`Page ${page + 1} of ${pages.toLocaleString("en")}`}</span>
            <button type="button" disabled={page >= pages - 1} onClick={() => turn(page + 1)}>
                Next
            </button>
            <button type="button" disabled={page >= pages - 1} onClick={() => turn(pages - 1)}>
                Last
            </button>
        </nav>
    );
}
