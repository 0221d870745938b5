import type { Result } from '../../../core/result.ts'
import { type Content, chained, type Head, hashDetail, type Link, ORIGIN, type Sign, signContent } from './chain.ts'

/** A row of the chain as it is stored. */
export interface ChainedRow extends Content, Link {
  readonly position: number
  readonly previousHash: string | null
  readonly hash: string | null
  readonly detailSealed: string | null
  /** Whether an erasure of this customer's details was written down: only then may a detail be gone. */
  readonly erasureKnown: boolean
}

/** What can be wrong with a chain. */
export const FAULTS = [
  'missing',
  'changed',
  'detail',
  'emptied',
  'moved',
  'cut',
  'beyond',
  'no_head',
  'witness'
] as const
export type FaultKind = (typeof FAULTS)[number]

/** The first place at which a chain is not what it was. */
export interface ChainFault {
  readonly kind: FaultKind
  /** Where: the first row that is missing or wrong. */
  readonly position: number
  /** The row that stands there; undefined when there is none. */
  readonly seq: number | undefined
}

/** The place of `row`, which must follow `previous`, or what is wrong with it. */
export function checkRow(sign: Sign, previous: Head, row: ChainedRow): Result<Head, ChainFault> {
  const kind = faultOf(sign, previous, row)
  if (!kind) return { ok: true, value: { position: row.position, hash: row.hash ?? '' } }
  const isGap = kind === 'missing'
  return { ok: false, kind, position: previous.position + 1, seq: isGap ? undefined : row.seq }
}

function faultOf(sign: Sign, previous: Head, row: ChainedRow): FaultKind | undefined {
  if (row.position !== previous.position + 1) return 'missing'
  if (signContent(sign, row) !== row.contentHash) return 'changed'
  if (row.previousHash !== previous.hash || row.hash !== chained(sign, previous, row).hash) return 'moved'
  if (row.detailSealed !== null) return hashDetail(row.detailSealed) === row.detailHash ? undefined : 'detail'
  return row.detailHash === '' || row.erasureKnown ? undefined : 'emptied'
}

/**
 * What the end of a chain tells: the last row that is there, against the head noted when the chain was last made longer.
 * Undefined when they agree.
 */
export function endFault(last: Head, noted: Head | undefined): ChainFault | undefined {
  const seq = undefined
  if (!noted) return last.position === 0 ? undefined : { kind: 'no_head', position: last.position, seq }
  if (last.position < noted.position) return { kind: 'cut', position: last.position + 1, seq }
  if (last.position > noted.position) return { kind: 'beyond', position: noted.position + 1, seq }
  return last.hash === noted.hash ? undefined : { kind: 'witness', position: last.position, seq }
}

/**
 * Where the chain goes on. When its end is not what was noted, a place is left empty: however long it grows, the break
 * stays to be found.
 */
export function nextFrom(last: Head, noted: Head | undefined): Head {
  const isWhole = last.position === (noted?.position ?? 0)
  if (isWhole) return noted ?? ORIGIN
  const position = Math.max(last.position, noted?.position ?? 0) + 1
  return { position, hash: noted?.hash ?? last.hash }
}
