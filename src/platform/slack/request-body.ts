/** The JSON or form (with its JSON `payload`, for interactions) of a Slack request; undefined when it is neither. */
export function parseBody(body: Uint8Array, contentType: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (!isForm(contentType)) return asRecord(JSON.parse(text))
    const form = Object.fromEntries(new URLSearchParams(text))
    return form.payload === undefined ? form : asRecord(JSON.parse(form.payload))
  } catch {
    return undefined
  }
}

/** Whether a content type says form. */
export const isForm = (contentType: string): boolean => contentType.startsWith('application/x-www-form-urlencoded')

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : undefined
}
