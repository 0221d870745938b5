import { z } from 'zod'
import type { FieldCipher, Tx } from '../../platform/db/index.ts'
import type { Reading } from '../../platform/personal-data.ts'
import type { Work } from '../../platform/work.ts'
import { TOLD_KINDS, type ToldIdentity } from '../customers/index.ts'

/** What a secret proves: the nonce of an account link, the code of a receipt. */
export type Purpose = 'account_link' | 'receipt'

export interface NewProof {
  readonly purpose: Purpose
  readonly secret: string
  /** Whose secret it is, elsewhere. */
  readonly identity: ToldIdentity
  /** The source that vouches for it. */
  readonly source: string
  readonly expiresAt: Date
}

/** A secret as it is kept: only its keyed hash. */
export interface Proof {
  readonly hash: string
  readonly identity: ToldIdentity
  readonly expiresAt: Date
  readonly usedBy: string | null
}

const FIELD = 'link_proof.identity'
const Identity = z.object({ kind: z.enum(TOLD_KINDS), value: z.string() })

/** Secrets keep their letters; the blind index does not tell them apart. */
function hashOf(cipher: FieldCipher, purpose: Purpose, secret: string): string {
  return cipher.blindIndex(`link_proof.${purpose}`, Buffer.from(secret).toString('hex'))
}

export async function insertProof({ tx, cipher, now }: Work, proof: NewProof): Promise<void> {
  const { purpose, secret, identity, source, expiresAt } = proof
  const { kind, value } = identity
  await tx.linkProof.create({
    data: {
      ...{ hash: hashOf(cipher, purpose, secret), purpose, source, createdAt: now, expiresAt },
      identitySealed: cipher.seal(FIELD, JSON.stringify({ kind, value }))
    }
  })
}

/** The proof that a secret is, for this unit of work alone until it ends. */
export async function holdProof({ tx, cipher }: Work, purpose: Purpose, secret: string): Promise<Proof | undefined> {
  const hash = hashOf(cipher, purpose, secret)
  await tx.$queryRaw`SELECT 1 AS held FROM link_proof WHERE hash = ${hash} FOR UPDATE`
  const row = await tx.linkProof.findUnique({ where: { hash } })
  if (!row) return undefined
  const identity = Identity.parse(JSON.parse(cipher.open(FIELD, row.identitySealed)))
  return { hash, identity, expiresAt: row.expiresAt, usedBy: row.usedBy }
}

/** A secret counts once. */
export async function markUsed(tx: Tx, hash: string, customerId: string): Promise<void> {
  await tx.linkProof.update({ where: { hash }, data: { usedBy: customerId } })
}

/** Forgets proofs that ran out before an instant; how many there were. */
export async function dropProofs(tx: Tx, before: Date): Promise<number> {
  return (await tx.linkProof.deleteMany({ where: { expiresAt: { lt: before } } })).count
}

/** What a customer proved, by which source's word. */
export async function proofsOf({ tx, cipher }: Reading, customerId: string) {
  const where = { usedBy: customerId }
  const rows = await tx.linkProof.findMany({ where, orderBy: [{ createdAt: 'asc' }, { hash: 'asc' }] })
  return rows.map(({ purpose, source, identitySealed, createdAt }) => ({
    ...{ purpose, source, created_at: createdAt.toISOString() },
    identity: Identity.parse(JSON.parse(cipher.open(FIELD, identitySealed)))
  }))
}

export async function dropProofsOf(tx: Tx, customerId: string): Promise<void> {
  await tx.linkProof.deleteMany({ where: { usedBy: customerId } })
}
