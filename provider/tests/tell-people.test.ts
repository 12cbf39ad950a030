import { tellPeople } from "../src/tell-people.js";

describe("what people are told on the way", () => {
    afterEach(() => jest.restoreAllMocks());

    it("is one line that no terminal obeys, whatever the platform put into it", () => {
        const print = jest.spyOn(console, "log").mockImplementation(() => {});
        tellPeople("waiting for deployment dep_1 (v1.4.2\n\u001b[1A of flow f)");
        expect(print.mock.calls).toEqual([
            ["cognigy: waiting for deployment dep_1 (v1.4.2 \uFFFD[1A of flow f)"],
        ]);
    });
});
