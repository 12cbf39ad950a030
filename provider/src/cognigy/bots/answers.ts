import { z } from "zod";
import type { FlowDefinition } from "../../release/flow.js";

/** What the bots API answers. Properties beyond the contract pass. */

export const token = z.object({
    // What a header can hold (RFC 6750, 2.1), and what servers take in one.
    access_token: z
        .string()
        .regex(/^[\x21-\x7e]{1,16384}$/, { error: "expected a token as a header can hold it" }),
    expires_in: z.number().positive(),
});

const node = z.looseObject({
    id: z.string().optional(),
    type: z.string().optional(),
    label: z.string().optional(),
});

export const flow: z.ZodType<FlowDefinition> = z.looseObject({
    id: z.string(),
    name: z.string().optional(),
    nodes: z.array(node),
    updated_at: z.string(),
});

export const dependencies = z.object({
    items: z.array(z.object({ resourceType: z.string(), resourceId: z.string(), referencePath: z.string() })),
});

export const simulationStarted = z.object({ simulationId: z.string().min(1) });

export const simulationResults = z.object({
    status: z.string().optional(),
    steps: z.array(
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
    items: z.array(
        z.object({
            deploymentId: z.string().min(1),
            botId: z.string(),
            flowId: z.string(),
            versionTag: z.string(),
            targetEnvironment: z.string(),
            status: z.string(),
            createdAt: z.string(),
        }),
    ),
});

export const deploymentStarted = z.object({ deploymentId: z.string().min(1) });

export const deploymentStatus = z.object({ status: z.string() });

export const rolledBack = z.object({ rollbackId: z.string() });

export const health = z.object({ healthy: z.boolean() });

/** An exported bot, as far as its flows can be read from it. */
export const exported = z.object({ flows: z.array(flow) });
