/** The bytes of a body; undefined when there are more than `maxBytes` (reading stops there). */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return undefined
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

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
