import * as z from "zod";
import type { FlowDefinition } from "../../release/flow.js";
import { asItIs, list } from "../shape.js";

/** What the bots API answers. Properties beyond the contract pass. */

/** An id that goes into a web address and is told to people; a deployment of another one is looked up in the list. */
const id = z
    .string()
    .regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cs}]{1,500}$/u, { error: "expected an id of up to 500 characters" });

/** A name that is kept in the ledger. */
const name = z.string().max(2_000, { error: "expected up to 2000 characters" });

const node = z.object({
    id: z.string().optional(),
    type: z.string().optional(),
    label: z.string().optional(),
});

export const flow: z.ZodType<FlowDefinition> = asItIs(
    z.object({
        id: z.string(),
        name: z.string().optional(),
        nodes: list(node),
        updated_at: z.string(),
    }),
);

export const dependencies = z.object({
    items: list(z.object({ resourceType: name, resourceId: name, referencePath: name })),
});

export const simulationStarted = z.object({ simulationId: id });

export const simulationResults = z.object({
    status: z.string().optional(),
    steps: list(
        z.object({
            status: z.string(),
            input: z.string().optional(),
            expectedIntent: z.string().optional(),
            actualIntent: z.string().nullish(),
            reason: z.string().optional(),
        }),
    ),
});

export const deployments = z.object({
    items: list(
        z.object({
            deploymentId: id,
            botId: z.string(),
            flowId: z.string(),
            versionTag: z.string(),
            targetEnvironment: z.string(),
            status: z.string(),
            createdAt: z
                .string()
                .refine((time) => !Number.isNaN(Date.parse(time)), { error: "expected a time" }),
        }),
    ),
});

export const deploymentStarted = z.object({ deploymentId: id });

export const deploymentStatus = z.object({ status: z.string() });

export const rolledBack = z.object({ rollbackId: z.string() });

export const health = z.object({ healthy: z.boolean() });

/** An exported bot, as far as its flows can be read from it. */
export const exported = z.object({ flows: list(flow) });
