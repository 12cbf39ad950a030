/** A PostgreSQL database that holds a ledger. */
export interface PostgresAddress {
    /** With all that is needed to connect, which may include the password: never shown. */
    url: string;
    /** The same for people: without password and settings. */
    location: string;
    /** What must not be shown. */
    password: string;
}

/** Whether a ledger's name is that of a database. */
export function isDatabase(ledger: string): boolean {
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(ledger);
}

/**
 * Reads the address of a PostgreSQL database.
 *
 * @returns undefined when it is none; what it is may hold a password, so it is not told.
 */
export function parsePostgresAddress(text: string): PostgresAddress | undefined {
    // An `@` or `#` further on is one of a password that was not percent-encoded.
    const [, rest] = /^postgres(?:ql)?:\/\/(.*)$/i.exec(text) ?? [];
    if (rest === undefined || rest.includes("#") || rest.split("@").length > 2 || !URL.canParse(text)) {
        return undefined;
    }
    const { username, password, host, pathname, search } = new URL(text);
    if (pathname.includes("@") || search.includes("@")) {
        return undefined;
    }
    try {
        return {
            url: text,
            location: `postgres://${username ? `${username}@` : ""}${host}${pathname}`,
            password: decodeURIComponent(password) || (new URLSearchParams(search).get("password") ?? ""),
        };
    } catch {
        return undefined;
    }
}

/** What is expected of a ledger's address, for messages. */
export const POSTGRES_ADDRESS =
    "expected a file, or a PostgreSQL database such as `postgres://user@host:5432/database`, what is special in it percent-encoded";
