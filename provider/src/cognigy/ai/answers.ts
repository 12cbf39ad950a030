import * as z from "zod";
import { list } from "../shape.js";

/** What the Cognigy.AI API answers, as far as a release looks at it. Properties beyond pass. */

/** An id that goes into a web address: the product's have 24 letters and digits. */
const id = z.string().regex(/^[A-Za-z0-9]{1,64}$/, { error: "expected an id" });
const text = z.string().max(2_000, { error: "expected up to 2000 characters" });
/** Seconds since 1970. */
const time = z.number().nonnegative();

/** A part of a list. */
export interface Page<T> {
    items: T[];
    total?: number | undefined;
}

const pages = new WeakMap<z.ZodType, z.ZodType>();

/** A part of a list, the same for the same items: zod compiles each shape when it is first used. */
export function page<T>(item: z.ZodType<T>): z.ZodType<Page<T>> {
    const made = pages.get(item) ?? z.object({ items: list(item), total: z.number().optional() });
    pages.set(item, made);
    return made as z.ZodType<Page<T>>;
}

/** A call that changes something and has nothing to say. */
export const anything = z.unknown();

export const me = z.object({ _id: id, email: text.optional(), id: text.optional() });

export const project = z.object({ _id: id, name: text });
export type Project = z.output<typeof project>;

export const flow = z.looseObject({
    _id: id,
    referenceId: text,
    name: text,
    lastChanged: time,
    isTrainingOutOfDate: z.boolean().optional(),
});
export type Flow = z.output<typeof flow>;

export const locale = z.object({ _id: id, referenceId: text, name: text, primary: z.boolean().optional() });
export type Locale = z.output<typeof locale>;

export const chart = z.object({
    nodes: list(z.looseObject({ _id: id, referenceId: text.optional(), type: text })),
    relations: list(z.object({ node: id, children: z.array(id).default([]), next: z.string().nullish() })),
});
export type Chart = z.output<typeof chart>;

export const node = z.looseObject({ _id: id });
export type Node = z.output<typeof node>;

export const intent = z.looseObject({ _id: id, referenceId: text.optional(), name: text });
export const sentence = z.looseObject({ text: z.string() });

export const snapshot = z.object({
    _id: id,
    name: text,
    description: text.nullish(),
    hash: text.nullish(),
    /** Seconds since 1970. */
    createdAt: time,
});
export type Snapshot = z.output<typeof snapshot>;

export const snapshotResource = z.object({ _id: id, referenceId: text, name: text });

export const task = z.object({
    _id: id,
    name: text.nullish(),
    status: text,
    failReason: text.nullish(),
    data: z.record(z.string(), z.unknown()).nullish(),
});
export type Task = z.output<typeof task>;

export const taskStarted = z.object({ _id: id });

export const endpointItem = z.object({ _id: id, name: text, channel: text });
export type EndpointItem = z.output<typeof endpointItem>;

export const endpoint = z.object({
    _id: id,
    name: text,
    channel: text,
    URLToken: text,
    active: z.boolean().default(true),
    entrypoint: id,
    flowId: text.nullish(),
    localeId: text.nullish(),
    lastChanged: time,
});
export type Endpoint = z.output<typeof endpoint>;

const graphResource = z.object({
    type: text,
    _id: id,
    referenceId: text.nullish(),
    name: text.nullish(),
    properties: z.record(z.string(), z.unknown()).nullish(),
    dependencies: z
        .array(
            z.object({
                _id: text,
                type: text,
                properties: z.looseObject({ nodeId: z.string().optional() }).nullish(),
            }),
        )
        .nullish(),
});
export type GraphResource = z.output<typeof graphResource>;

export const graph = z.record(z.string(), z.object({ type: text, resources: list(graphResource) }));
export type Graph = z.output<typeof graph>;

export const languageModelTest = z.object({
    isCredentialsValid: z.boolean(),
    msg: text.nullish(),
    msgErr: text.nullish(),
});

export const playbook = z.object({
    _id: id,
    name: text,
    createdAt: time.optional(),
    steps: z.array(z.unknown()).nullish(),
});
export const playbookStep = z.object({ _id: id, asserts: z.array(z.unknown()).nullish() });
export const playbookRun = z.object({
    status: text.nullish(),
    stepResults: z
        .array(
            z.object({
                status: text.nullish(),
                text: z.string().nullish(),
                timeout: z.boolean().nullish(),
                asserts: z
                    .array(z.object({ type: text, status: text.nullish(), actual: z.unknown() }))
                    .nullish(),
            }),
        )
        .nullish(),
});
export type PlaybookRun = z.output<typeof playbookRun>;

export const reply = z.object({
    text: z.string().nullish(),
    outputStack: z.array(z.object({ text: z.string().nullish() })).nullish(),
});

export const downloadLink = z.object({ downloadLink: z.url() });
