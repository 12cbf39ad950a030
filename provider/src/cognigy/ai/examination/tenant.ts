import * as z from "zod";
import type { Clock } from "../../../clock.js";
import { clockFinding } from "../../clock-finding.js";
import { isPlatformError } from "../../errors.js";
import type { Found } from "../../examination.js";
import { addressOf } from "../../http/address.js";
import type { HttpClient } from "../../http/client.js";
import { brokenBy, tried } from "../../tried.js";
import * as answers from "../answers.js";
import type { AiConnection } from "../connection.js";

/** What is known of a tenant as a whole. */
export interface Tenant {
    connection: AiConnection;
    http: HttpClient;
    endpoints: HttpClient;
    clock: Clock;
}

const ME = { method: "GET", path: "/new/v2.0/users/me", needs: "read its own user" } as const;
/** Every status but those of a server in trouble: somebody is there. */
const ANY_ANSWER = Array.from({ length: 200 }, (_, index) => 300 + index);
const MB = 1024 * 1024;

/**
 * Whether the credentials are good.
 *
 * @throws PlatformError where nobody answers.
 */
export async function credentialsFinding({ http, connection }: Tenant): Promise<Found> {
    const { credentials } = connection;
    const check = "credentials";
    const asked = await tried(http.json(ME, answers.me));
    if ("value" in asked) {
        const { _id, id, email } = asked.value;
        const found =
            credentials.kind === "apiKey"
                ? `the API key (${credentials.source}) is that of ${email ?? id ?? `user ${_id}`}`
                : `the client (${credentials.sources.clientId}) acts for ${email ?? id ?? `user ${_id}`}`;
        return { check, verdict: "ok", found };
    }
    if (isPlatformError(asked.error, "unavailable")) {
        throw asked.error;
    }
    return brokenBy(check, asked.error);
}

/** How far the clocks are apart. */
export async function clocksFinding({ http, clock }: Tenant): Promise<Found> {
    return clockFinding(http, clock, ME);
}

/** Which version of the product it is. */
export async function versionFinding({ http }: Tenant): Promise<Found> {
    const shape = z.object({ info: z.object({ version: z.string().max(100) }) });
    const call = {
        method: "GET",
        path: "/openapi/openapi-viewer.json",
        needs: "read the documentation",
    } as const;
    const asked = await tried(http.find({ ...call, largest: 32 * MB }, shape, [401, 403, 404]));
    const version = "value" in asked ? asked.value?.info.version : undefined;
    return version === undefined
        ? { check: "version", verdict: "not known", found: "the platform does not tell its version" }
        : { check: "version", verdict: "ok", found: `the platform's API is version ${version}` };
}

/** Whether anybody answers where conversations are held. */
export async function conversationsFinding({ endpoints, connection }: Tenant): Promise<Found> {
    const check = "conversations";
    const where = addressOf(connection.endpoints);
    const call = { method: "GET", path: "/", needs: "reach the endpoints" } as const;
    const asked = await tried(endpoints.status(call, ANY_ANSWER));
    return "value" in asked
        ? { check, verdict: "ok", found: `conversations are held at ${where}, which answers` }
        : {
              check,
              verdict: "will not work",
              found: `conversations are held at ${where}, which does not answer`,
              advice: `Set ${connection.endpoints.sources.baseUrl} to the address of the endpoints: \`health.utterances\` are sent there.`,
          };
}

/** Whether what the platform writes down can be read. */
export async function auditFinding({ http }: Tenant): Promise<Found> {
    const check = "audit events";
    const call = {
        method: "GET",
        path: "/new/v2.0/auditevents",
        query: { limit: "1" },
        needs: "read audit events",
    } as const;
    const asked = await tried(http.json(call, z.unknown()));
    return "value" in asked
        ? { check, verdict: "ok", found: "the platform's audit events can be read" }
        : {
              check,
              verdict: "warning",
              found: "the platform's audit events cannot be read",
              advice: "The ledger does not name the platform's own entries then; releases do not need them. Only administrators of the organisation may read them.",
          };
}
