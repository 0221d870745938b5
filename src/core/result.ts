/** An expected outcome: a value, or a named reason why there is none. Broken invariants throw instead. */
export type Result<Value, Failure extends { kind: string }> =
  | { readonly ok: true; readonly value: Value }
  | ({ readonly ok: false } & Failure)

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })
