import { rmSync } from "node:fs";
import { filesBelow, hashFiles, hashListing, readStamp, writeStamp } from "../lib/stamp.mjs";
import { useFolder, write } from "./support.mjs";

const folder = useFolder();

function hash(more) {
    return hashFiles(folder(), filesBelow(folder()), more);
}

test("the hash follows names, contents and whatever else matters", () => {
    write(folder("a/one"), "1");
    write(folder("two"), "2");
    const before = hash();
    expect(hash()).toBe(before);
    expect(hash("other")).not.toBe(before);
    write(folder("two"), "3");
    expect(hash()).not.toBe(before);
    write(folder("two"), "2");
    expect(hash()).toBe(before);
    rmSync(folder("two"));
    write(folder("2"), "2");
    expect(hash()).not.toBe(before);
});

test("contents cannot pass for one another across files", () => {
    write(folder("a"), "xy");
    write(folder("b"), "");
    const before = hash();
    write(folder("a"), "x");
    write(folder("b"), "y");
    expect(hash()).not.toBe(before);
});

test("the hash is the same in a moved checkout", () => {
    write(folder("here/a"), "1");
    write(folder("there/a"), "1");
    expect(hashFiles(folder("here"), [folder("here/a")])).toBe(
        hashFiles(folder("there"), [folder("there/a")]),
    );
});

test("the listing changes with names and sizes", () => {
    write(folder("a"), "1");
    const before = hashListing(folder());
    write(folder("a"), "12");
    expect(hashListing(folder())).not.toBe(before);
    expect(hashListing(folder("none"))).toBe(hashListing(folder("neither")));
});

test("a stamp is read back, and is nothing before it was written", () => {
    expect(readStamp(folder(".stamps/a"))).toBeUndefined();
    writeStamp(folder(".stamps/a"), "value");
    expect(readStamp(folder(".stamps/a"))).toBe("value");
});
