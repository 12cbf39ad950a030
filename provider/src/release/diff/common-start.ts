/** How many characters two texts begin with in common. */
export function commonStart(one: string, other: string): number {
    const shorter = Math.min(one.length, other.length);
    let length = 0;
    while (length < shorter && one[length] === other[length]) {
        length += 1;
    }
    return length;
}
