import { ReleaseError } from "../release/failure.js";
import { FileLedger } from "./file-ledger.js";
import { FileReader } from "./file-reader.js";
import type { Ledger, LedgerParts } from "./ledger.js";
import {
    isDatabase,
    POSTGRES_ADDRESS,
    type PostgresAddress,
    parsePostgresAddress,
} from "./postgres-address.js";
import { PostgresLedger } from "./postgres-ledger.js";
import { PostgresReader } from "./postgres-reader.js";
import type { LedgerReader } from "./reader.js";

/**
 * Opens the ledger of that name: a file, or a PostgreSQL database.
 *
 * @throws ReleaseError when the name is that of a database of another kind; it is not repeated, it may hold a password.
 */
export function openLedger(name: string, parts: LedgerParts): Ledger {
    return isDatabase(name) ? new PostgresLedger(addressOf(name), parts) : new FileLedger(name, parts);
}

/**
 * Opens the ledger of that name to be looked at.
 *
 * @throws ReleaseError when the name is that of a database of another kind.
 */
export function openReader(name: string): LedgerReader {
    return isDatabase(name) ? new PostgresReader(addressOf(name)) : new FileReader(name);
}

function addressOf(name: string): PostgresAddress {
    const address = parsePostgresAddress(name);
    if (!address) {
        throw new ReleaseError(`the ledger's address cannot be used: ${POSTGRES_ADDRESS}.`);
    }
    return address;
}
