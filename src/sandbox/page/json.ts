/** Reading JSON whose shape is somebody else's: every look-up answers, none throws. */
export type Json = Readonly<Record<string, unknown>>

export function record(value: unknown): Json {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The objects of an array; empty for anything else. */
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** The text, or "" for anything else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The texts of an array; empty for anything else. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
