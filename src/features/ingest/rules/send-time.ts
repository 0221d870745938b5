/** Less than this is the way the request took; more is a clock that is wrong. */
const WRONG_CLOCK_MS = 10_000
/** Without its zone a time would be a guess. */
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/i

/**
 * When an event happened: the sender's time, less what its clock was wrong by when it sent the event (Segment's rule:
 * received - (sent - timestamp)). Without a time of its own it happened when it was received. What is no time is handed on
 * as it came, for whoever judges it.
 */
export function timeOf(told: { readonly timestamp: unknown; readonly sentAt: unknown }, receivedAt: Date): unknown {
  if (told.timestamp === undefined || told.timestamp === null) return receivedAt
  const [timestampMs, sentMs] = [msOf(told.timestamp), msOf(told.sentAt)]
  if (timestampMs === undefined || sentMs === undefined) return told.timestamp
  const wrongMs = receivedAt.getTime() - sentMs
  return Math.abs(wrongMs) < WRONG_CLOCK_MS ? told.timestamp : new Date(timestampMs + wrongMs)
}

function msOf(told: unknown): number | undefined {
  const ms = typeof told === 'string' && ZONED.test(told) ? Date.parse(told) : Number.NaN
  return Number.isFinite(ms) ? ms : undefined
}
