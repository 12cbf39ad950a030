import { durationText } from "../src/duration.js";

test.each([
    [null, "-"],
    [0, "0 s"],
    [0.04, "0 s"],
    [1.25, "1.3 s"],
    [119.9, "119.9 s"],
    [120, "2 min"],
    [5_400, "90 min"],
    [7_200, "2 h"],
    [100_000, "27.8 h"],
    [172_800, "2 d"],
    [3_000_000, "34.7 d"],
])("a duration of %p seconds is told as %p", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
});
