/** A row of an export as a person reads it: names of fields and their values, without what only programs need. */
export type ReadableRow = readonly (readonly [field: string, value: string])[]

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
/** Names of other rows: a file for machines has them. */
const LINKING = /(^|_)id$/

/** `formatTime` writes an instant as the reader's language does. */
export function readableRow(row: Readonly<Record<string, unknown>>, formatTime: (at: Date) => string): ReadableRow {
  return Object.entries(row).flatMap(([field, value]) => {
    const text = LINKING.test(field) ? '' : readable(value, formatTime)
    return text === '' ? [] : [[field, text] as const]
  })
}

function readable(value: unknown, formatTime: (at: Date) => string): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return formatTime(value)
  if (typeof value === 'string') return INSTANT.test(value) ? formatTime(new Date(value)) : value
  if (Array.isArray(value)) return value.map((each) => readable(each, formatTime)).join('\n')
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).flatMap(([name, inner]) => {
    const text = readable(inner, formatTime)
    return text === '' ? [] : [`${name}: ${text}`]
  })
  return parts.join('\n')
}
