/** So many digits tell one hash from another for people; the whole is there to be copied. */
const DIGITS = 12;

export function Hash({ hash }: { hash: string }) {
    const [, digits = hash] = /^sha256:(.*)$/.exec(hash) ?? [];
    return (
        <code class="hash" title={hash}>
            {digits.slice(0, DIGITS)}
        </code>
    );
}
