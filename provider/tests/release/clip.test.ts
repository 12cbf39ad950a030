import { clip } from "../../src/release/clip.js";

describe("a text of bounded length", () => {
    it("stays as it is up to the bound", () => {
        expect(clip("12345", 5)).toBe("12345");
    });

    it("is cut beyond it, and ends in an ellipsis that counts", () => {
        expect(clip("123456", 5)).toBe("1234…");
    });
});
