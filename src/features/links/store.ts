import { sha256Hex } from '../../core/hash.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { TOKEN_CHARACTERS } from './rules/token.ts'

/** The button of a message that one customer got: which flow, which of its steps, where in the person's run. */
export interface Origin {
  readonly customerId: string
  readonly flow: string
  readonly step: string
  readonly runId: string
  /** How many steps were waited at before: a step may be passed again. */
  readonly visit: number
}

/** A link as it is kept. */
export interface KeptLink {
  readonly tokenHash: string
  /** Null = the customer was erased. */
  readonly customerId: string | null
  readonly target: string
  readonly flow: string
  readonly step: string
  readonly button: number
}

/**
 * What opens a link: made from the key of the store and the place of the button, so that the same button of the same message
 * has the same one, and nobody without the key can make or guess it.
 */
export function tokenOf({ cipher }: Pick<Work, 'cipher'>, { runId, visit, step }: Origin, button: number): string {
  return cipher.blindIndex('tracked_link.token', `${runId} ${visit} ${step} ${button}`).slice(0, TOKEN_CHARACTERS)
}

export interface NewLink {
  readonly token: string
  readonly target: string
  /** From 1. */
  readonly button: number
}

/** Keeps the links of a message; those that are there already stay as they are. */
export async function insertLinks({ tx, now }: Work, origin: Origin, links: readonly NewLink[]): Promise<void> {
  const { customerId, flow, step, runId } = origin
  await tx.trackedLink.createMany({
    data: links.map(({ token, target, button }) => ({
      ...{ tokenHash: sha256Hex(token), customerId, flow, step, runId, target, button, createdAt: now }
    })),
    skipDuplicates: true
  })
}

/** The link that a token opens; undefined when there is none (any more). */
export async function findLink(tx: Tx, token: string): Promise<KeptLink | undefined> {
  return (await tx.trackedLink.findUnique({ where: { tokenHash: sha256Hex(token) } })) ?? undefined
}

/** The link again, by the hash of its token. */
export async function findByHash(tx: Tx, tokenHash: string): Promise<KeptLink | undefined> {
  return (await tx.trackedLink.findUnique({ where: { tokenHash } })) ?? undefined
}

/** Remembers that a link was tapped, for the first time. */
export async function noteFirstTap(tx: Tx, tokenHash: string, at: Date): Promise<void> {
  await tx.trackedLink.updateMany({ where: { tokenHash, clickedAt: null }, data: { clickedAt: at } })
}

/** Forgets whose the links were, and what came of them. Where they lead stays. */
export async function disown(tx: Tx, customerId: string): Promise<void> {
  await tx.trackedLink.updateMany({ where: { customerId }, data: { customerId: null, runId: null, clickedAt: null } })
}

const ROWS_AT_ONCE = 1_000

/** Forgets some links that were made before an instant; how many. */
export async function dropLinks(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM tracked_link WHERE token_hash IN (
      SELECT token_hash FROM tracked_link WHERE created_at < ${before} LIMIT ${ROWS_AT_ONCE})`
}
