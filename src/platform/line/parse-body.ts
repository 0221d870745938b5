const decoder = new TextDecoder('utf-8', { fatal: true })
const MAX_DEPTH = 100
const [QUOTE, BACKSLASH] = [0x22, 0x5c]

/** The value of a JSON body, a byte order mark allowed; undefined when it is not UTF-8, not JSON, or nested too deep. */
export function parseBody(body: Uint8Array): unknown {
  if (deeperThan(MAX_DEPTH, body)) return undefined
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

/**
 * Whether brackets nest deeper than `limit`, found before anything recursive (the parser, a schema) meets them. Works on
 * the bytes: in UTF-8 no part of a longer character looks like a bracket.
 */
export function deeperThan(limit: number, json: Uint8Array): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < json.length && depth <= limit; at += 1) {
    const byte = json[at]
    if (byte === QUOTE) quoted = !quoted
    else if (quoted && byte === BACKSLASH) at += 1
    else if (!quoted) depth += step(byte)
  }
  return depth > limit
}

/** +1 for [ and {, -1 for ] and }. */
function step(byte: number | undefined): number {
  if (byte === 0x5b || byte === 0x7b) return 1
  return byte === 0x5d || byte === 0x7d ? -1 : 0
}
