/**
 * The key under which the resource's constructor tells `check` the name that it started the gates with: what was refused
 * to one construction is not judged anew when its `check` is called. It goes no further than `check`.
 */
export const ASKER_KEY = "__asker";
