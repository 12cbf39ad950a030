import * as z from "zod";

/** A list that is given up at its first item that does not fit: of a million, each would be an issue to keep. */
export function list<T>(item: z.ZodType<T>) {
    return z.array(z.unknown()).transform((values, context): T[] => {
        const items: T[] = [];
        for (const [index, value] of values.entries()) {
            const { data, error } = item.safeParse(value);
            if (error) {
                complain(context, error, index);
                return z.NEVER;
            }
            items.push(data);
        }
        return items;
    });
}

/** A value that has a shape, untouched: zod's own copy leaves out a property named `__proto__`. */
export function asItIs<T>(shape: z.ZodType<T>) {
    return z.unknown().transform((value, context): T => {
        const { error } = shape.safeParse(value);
        if (error) {
            complain(context, error);
            return z.NEVER;
        }
        return value as T;
    });
}

function complain(context: z.RefinementCtx, { issues: [issue] }: z.ZodError, ...at: number[]): void {
    context.addIssue({ code: "custom", message: issue?.message, path: [...at, ...(issue?.path ?? [])] });
}
