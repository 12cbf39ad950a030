/** All that is made of some things, as one text. */
export async function textFrom<Thing>(
    make: (things: AsyncIterable<Thing>) => AsyncIterable<string>,
    things: readonly Thing[],
): Promise<string> {
    let text = "";
    for await (const piece of make(oneByOne(things))) {
        text += piece;
    }
    return text;
}

/** Things as they come from a ledger. */
export async function* oneByOne<Thing>(things: readonly Thing[]): AsyncGenerator<Thing> {
    yield* things;
}
