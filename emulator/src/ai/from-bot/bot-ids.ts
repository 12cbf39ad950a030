import { objectIdFor, referenceIdFor } from "../ids";
import type { Meta, ResourceType } from "../resource";

/** When things were made of which nothing is known. Seconds since 1970. */
export const longAgo = Date.UTC(2026, 0, 1) / 1000;

/** The ids of all that is made from one bot: always the same ones. */
export class BotIds {
    /**
     * @param botId the bot
     * @param userId the `_id` of the user who has made all of it
     */
    constructor(
        private readonly botId: string,
        readonly userId: string,
    ) {}

    id(...seed: readonly string[]): string {
        return objectIdFor(this.botId, ...seed);
    }

    reference(...seed: readonly string[]): string {
        return referenceIdFor(this.botId, ...seed);
    }

    /** What every resource has. */
    base<Type extends ResourceType>(type: Type, id: string, name: string) {
        const meta: Meta = {
            _id: this.id(type, id),
            createdAt: longAgo,
            lastChanged: longAgo,
            createdBy: this.userId,
            lastChangedBy: this.userId,
        };
        return { ...meta, type, referenceId: this.reference(type, id), name };
    }
}
