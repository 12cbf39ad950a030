import { changeConstructionStacks } from "../src/construction-stacks.js";

// Named like the two functions of the SDK that take a stack.
const debuggablePromise = () => new Error("leaked").stack;
const callsites = () => new Error("here").stack;

class Release {
    readonly stacks: Record<"promise" | "place" | "other", string | undefined>;

    constructor() {
        const asBefore = changeConstructionStacks("Release");
        try {
            this.stacks = {
                promise: debuggablePromise(),
                place: callsites(),
                other: new Error("other").stack,
            };
        } finally {
            asBefore();
        }
    }
}

function declare(): Release {
    return new Release();
}

describe("the stacks that are taken while a release is constructed", () => {
    const { prepareStackTrace } = Error;
    afterEach(() => {
        Error.prepareStackTrace = prepareStackTrace;
        delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    });

    it("are none for promises, which nobody reads", () => {
        expect(declare().stacks.promise).toBe("");
    });

    it("are there for promises where leaks are searched for", () => {
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
        expect(declare().stacks.promise).toMatch(/^Error: leaked\n +at .*debuggablePromise/);
    });

    it("say where the release was declared, not where its class is", () => {
        const { place } = declare().stacks;
        expect(place).toMatch(/^Error: here\n +at .*callsites.*\n +at .*declare/);
    });

    it("are otherwise what they were", () => {
        expect(declare().stacks.other).toMatch(/^Error: other\n +at new Release.*\n +at .*declare/);
    });

    it("are what V8 does where nothing else was set", () => {
        Reflect.deleteProperty(Error, "prepareStackTrace");
        expect(declare().stacks.other).toMatch(/^Error: other\n {4}at new Release .*\n {4}at declare /);
        expect(Error.prepareStackTrace).toBeUndefined();
    });

    it("are handed to whoever formatted them before, who has it back after", () => {
        const before = jest.fn(() => "formatted");
        Error.prepareStackTrace = before;
        expect(declare().stacks).toEqual({ promise: "", place: "formatted", other: "formatted" });
        expect(Error.prepareStackTrace).toBe(before);
    });
});
