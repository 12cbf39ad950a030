import { Failure } from "../lib/failure.mjs";
import { byFolder } from "../lib/mutants.mjs";

const chosen = (...names) => Object.fromEntries(byFolder(names));

test("without names the mutants of every folder are tried", () => {
    expect(chosen()).toEqual({ release: [], pipeline: [] });
});

test("a folder is tried whole, and files of it alone", () => {
    expect(chosen("release")).toEqual({ release: [] });
    expect(chosen("release/gates", "pipeline/deploy", "release/bake")).toEqual({
        release: ["provider/src/release/gates.ts", "provider/src/release/bake.ts"],
        pipeline: ["provider/src/pipeline/deploy.ts"],
    });
});

test("a file may be deeper in its folder", () => {
    expect(chosen("release/diff/graph")).toEqual({ release: ["provider/src/release/diff/graph.ts"] });
});

test("a folder beside files of it is tried whole", () => {
    expect(chosen("release/gates", "release")).toEqual({ release: [] });
    expect(chosen("release", "release/gates")).toEqual({ release: [] });
});

test.each(["cognigy/http", "gates", ""])("what is in none of the folders is refused: %j", (name) => {
    expect(() => byFolder([name])).toThrow(Failure);
});
