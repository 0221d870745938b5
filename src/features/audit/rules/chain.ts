import { canonicalJson, sha256Hex } from '../../../core/hash.ts'

/** A keyed hash of a text: equal for equal texts, and not to be made without the installation's key. */
export type Sign = (text: string) => string

/** The last place of a chain, or of a part of it: whoever kept one can tell later whether the chain still leads there. */
export interface Head {
  /** 1 for the first row; 0 = before it. */
  readonly position: number
  readonly hash: string
}

/** Before the first row. */
export const ORIGIN: Head = { position: 0, hash: '' }

/** What a row says, as it was written; `detailHash` stands for the detail, which may be erased. */
export interface Content {
  readonly id: string
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly customerId: string | null
  readonly detailHash: string
}

/** Signs what a row says, when it is written: from then on it cannot be changed or forged without the key. */
export function signContent(sign: Sign, content: Content): string {
  const { id, at, actorKind, actorId, action, subjectType, subjectId, customerId, detailHash } = content
  const said = { id, actorKind, actorId, action, subjectType, subjectId, customerId, detailHash }
  return sign(canonicalJson({ ...said, at: at.toISOString() }))
}

/**
 * The detail as the content speaks of it: a hash of its ciphertext. The nonce in it is the salt, so that the hash tells
 * nothing, and stays when the ciphertext is erased. Empty without a detail.
 */
export function hashDetail(sealed: string | null): string {
  return sealed === null ? '' : sha256Hex(sealed)
}

/** What takes its place in the chain: the order in which it was written, and its signed content. */
export interface Link {
  readonly seq: number
  readonly contentHash: string
}

/** The place after `previous`, with this row in it. */
export function chained(sign: Sign, previous: Head, { seq, contentHash }: Link): Head {
  const position = previous.position + 1
  return { position, hash: sign(canonicalJson({ position, previous: previous.hash, seq, contentHash })) }
}

/** "1234:hash", as heads are written for people to keep. */
export function headText({ position, hash }: Head): string {
  return `${position}:${hash}`
}

/** A head as people kept it; undefined for anything else. */
export function parseHead(text: string): Head | undefined {
  const [, position, hash] = /^([1-9]\d{0,14}):([\w-]{43})$/.exec(text.trim()) ?? []
  return position && hash ? { position: Number(position), hash } : undefined
}
