import { readBody, readStream } from '../../platform/http/index.ts'

/** A batch of Segment's has at most 500 KB, and each event 32 KB: one that is too large by itself must spoil no other. */
export const BODY_MAX_BYTES = 2 * 1_048_576

export type Opened =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly kind: 'too_large' | 'not_json' | 'encoding' }

/** A request's JSON, whatever its content type says (browsers send text/plain), as it is or gzipped. */
export async function openBody(request: Request): Promise<Opened> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') return { ok: false, kind: 'encoding' }
  const bytes = await readBody(request, BODY_MAX_BYTES)
  if (!bytes) return { ok: false, kind: 'too_large' }
  try {
    const plain = encoding === 'gzip' ? await gunzip(bytes) : bytes
    if (!plain) return { ok: false, kind: 'too_large' }
    return { ok: true, json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) }
  } catch {
    return { ok: false, kind: 'not_json' }
  }
}

/** Undefined as soon as it grows too large: a small body may unpack to gigabytes. */
function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
  const packed = new Blob([bytes]).stream()
  return readStream(packed.pipeThrough(new DecompressionStream('gzip')), BODY_MAX_BYTES)
}
