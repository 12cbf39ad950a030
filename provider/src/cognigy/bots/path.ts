import { PlatformError } from "../errors.js";

/** A path whose values are percent-encoded, each as one segment. */
export function path(texts: TemplateStringsArray, ...ids: string[]): string {
    const unfit = ids.find((id) => id === "" || id === "." || id === "..");
    if (unfit !== undefined) {
        const place = texts.join("…");
        throw new PlatformError(
            "malformed",
            place,
            `the platform gave the id "${unfit}", which cannot stand in ${place}.`,
        );
    }
    return String.raw({ raw: texts }, ...ids.map((id) => encodeURIComponent(id.toWellFormed())));
}
