import { ok, type Result } from '../../../core/result.ts'
import type { EventFault } from './bounds.ts'

/** Events before this are mistakes (a spreadsheet's 1900, an epoch of 0). */
const EARLIEST = Date.UTC(1990, 0, 1)
/** Clocks are wrong by hours, not by more. */
const AHEAD_MS = 86_400_000
const SOURCE_ID_MAX_LENGTH = 200
/** ISO 8601 with its time zone: without one it would be a guess which nine hours are meant. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i

/** When an event happened and what its source calls it. */
export interface Envelope {
  readonly at: Date
  readonly sourceId: string
}

/** Checks an event's time (a Date or ISO 8601 with its zone) and id, against `now`. Takes anything, throws never. */
export function parseEnvelope(
  given: { readonly at: unknown; readonly sourceId: unknown },
  now: Date
): Result<Envelope, { kind: 'bad_event'; faults: readonly EventFault[] }> {
  const at = timeOf(given.at)
  const faults = [timeFault(at, now), idFault(given.sourceId)].filter((fault) => fault !== undefined)
  if (faults.length > 0 || !at) return { ok: false, kind: 'bad_event', faults }
  return ok({ at, sourceId: String(given.sourceId) })
}

function timeOf(given: unknown): Date | undefined {
  const at = given instanceof Date ? given : typeof given === 'string' && ISO.test(given) ? new Date(given) : undefined
  return at && Number.isFinite(at.getTime()) ? at : undefined
}

function timeFault(at: Date | undefined, now: Date): EventFault | undefined {
  const field = 'timestamp'
  if (!at) return { field, message: 'must be a time with its zone, such as 2026-11-21T10:00:00+09:00' }
  if (at.getTime() < EARLIEST) return { field, message: 'must not be before 1990-01-01' }
  if (at.getTime() > now.getTime() + AHEAD_MS) return { field, message: 'must not be more than a day ahead of now' }
  return undefined
}

function idFault(given: unknown): EventFault | undefined {
  const fits = typeof given === 'string' && given.length >= 1 && given.length <= SOURCE_ID_MAX_LENGTH
  if (fits && given.isWellFormed() && !/\p{Cc}/u.test(given)) return undefined
  const message = `must be a text of 1 to ${SOURCE_ID_MAX_LENGTH} characters, the same each time the event is sent`
  return { field: 'messageId', message }
}
