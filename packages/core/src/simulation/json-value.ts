/** Data that JSON keeps, but for numbers that are not finite: the log encodes these, other JSON has null for them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
