import { hydrate } from "preact";
import type { Place, Release } from "../report.js";
import { Places } from "./places.js";
import { Releases } from "./releases.js";

/** What the page carries. */
interface Data {
    places: Place[];
    releases: Release[];
    madeAt: number;
}

const root = document.documentElement;

function followTheme(): void {
    const select = byId<HTMLSelectElement>("theme");
    select.value = root.dataset.theme ?? "";
    select.addEventListener("change", () => {
        root.dataset.theme = select.value;
        try {
            localStorage.setItem("theme", select.value);
        } catch {
            // Nothing may be kept: then it holds for this time.
        }
    });
}

/** A slash goes to the search, as in many places. */
function followKeys(): void {
    addEventListener("keydown", (event) => {
        const typing = event.target instanceof Element && event.target.matches("input, select, textarea");
        if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            byId("find").focus();
        }
    });
}

async function dataOf(packed: string): Promise<Data> {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return (await new Response(plain).json()) as Data;
}

function byId<T extends HTMLElement>(id: string): T {
    return document.getElementById(id) as T;
}

async function start(): Promise<void> {
    followTheme();
    const { places, releases, madeAt } = await dataOf(byId("data").textContent ?? "");
    hydrate(<Places places={places} madeAt={madeAt} />, byId("places"));
    hydrate(<Releases releases={releases} />, byId("releases"));
    followKeys();
    root.dataset.ready = "";
}

void start();
