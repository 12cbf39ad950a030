import { registrationTurn } from "../src/registration-turns.js";

/** Registers releases of these bots as a program constructs them, and gives the order in which it was their turn. */
async function order(bots: string[]): Promise<string[]> {
    const turns: string[] = [];
    await Promise.all(
        bots.map((bot, index) => registrationTurn(bot).then(() => turns.push(`${bot}${index}`))),
    );
    return turns;
}

describe("the releases of one moment", () => {
    it("are registered one of each bot after another", async () => {
        expect(await order(["a", "a", "a", "b", "b", "c"])).toEqual(["a0", "b3", "c5", "a1", "b4", "a2"]);
    });

    it("are registered in the order of the program where they are of one bot, or of one each", async () => {
        expect(await order(["a", "a", "a"])).toEqual(["a0", "a1", "a2"]);
        expect(await order(["a", "b", "c"])).toEqual(["a0", "b1", "c2"]);
    });

    it("do not wait for those of another one", async () => {
        expect(await order(["a"])).toEqual(["a0"]);
        expect(await order(["a"])).toEqual(["a0"]);
    });
});
