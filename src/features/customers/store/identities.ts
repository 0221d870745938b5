import { newId } from '../../../core/ids.ts'
import { customerCiphers, type FieldCipher, type Tx } from '../../../platform/db/index.ts'
import type { Work } from '../../../platform/work.ts'
import type { DuplicateReason, Found } from '../rules/choose.ts'
import type { ToldIdentity } from '../rules/identity.ts'

/** The key by which an identity is found: "<kind>:<blind index>". */
export function identityKey(cipher: FieldCipher, { kind, value }: ToldIdentity): string {
  return `${kind}:${hashOf(cipher, { kind, value })}`
}

/** The blind index ignores case, and ids of accounts do not: as hexadecimal digits they keep theirs. */
export function hashOf(cipher: FieldCipher, { kind, value }: ToldIdentity): string {
  const text = kind === 'email' || kind === 'phone' ? value : Buffer.from(value).toString('hex')
  return cipher.blindIndex('identity.external', text)
}

/** Who the identities with these keys lead to. */
export async function findIdentities(tx: Tx, keys: readonly string[]): Promise<Map<string, Found>> {
  const { channels, hashes } = keyColumns(keys)
  const rows = await tx.$queryRaw<{ key: string; customerId: string; kinds: string[] }[]>`
    SELECT given.channel || ':' || given.external_hash AS key, own.customer_id AS "customerId",
      ARRAY(SELECT DISTINCT channel FROM identity WHERE customer_id = own.customer_id) AS kinds
    FROM unnest(${channels}::text[], ${hashes}::text[]) AS given (channel, external_hash), LATERAL (
      SELECT customer_id FROM identity WHERE channel = given.channel AND external_hash = given.external_hash OFFSET 0
    ) AS own`
  return new Map(rows.map(({ key, customerId, kinds }) => [key, { customerId, kinds: new Set(kinds) }]))
}

/** Whose an identity is; undefined = nobody's. */
export async function findCustomer(tx: Tx, cipher: FieldCipher, identity: ToldIdentity): Promise<string | undefined> {
  const key = identityKey(cipher, identity)
  return (await findIdentities(tx, [key])).get(key)?.customerId
}

/** The two parts of keys, as columns. */
export function keyColumns(keys: readonly string[]) {
  const parts = keys.map((key) => [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)] as const)
  return { channels: parts.map(([channel]) => channel), hashes: parts.map(([, hash]) => hash) }
}

/** Makes customers of whom nothing is known yet but their ids. */
export async function createCustomers(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO customer (id, created_at) SELECT id, ${at} FROM unnest(${ids}::uuid[]) AS given (id)`
}

export interface NewIdentity {
  readonly customerId: string
  readonly identity: ToldIdentity
  /** Whose it is so far; undefined = nobody's. */
  readonly before: string | undefined
}

/** False when one of the identities is not whose it was thought to be: somebody else was faster. */
export async function giveIdentities(work: Pick<Work, 'tx' | 'cipher' | 'now'>, given: readonly NewIdentity[]) {
  const added = given.filter(({ before }) => before === undefined)
  const moved = given.filter(({ before }) => before !== undefined)
  if (added.length > 0 && (await addIdentities(work, added)) < added.length) return false
  return moved.length === 0 || (await moveIdentities(work, moved)) === moved.length
}

/** Gives a customer an identity that is nobody's; false when somebody has it by now. */
export function giveIdentity(
  work: Pick<Work, 'tx' | 'cipher' | 'now'>,
  customerId: string,
  identity: ToldIdentity
): Promise<boolean> {
  return giveIdentities(work, [{ customerId, identity, before: undefined }])
}

/** In order, so that two batches never wait for each other in a circle. */
async function addIdentities({ tx, cipher, now }: Pick<Work, 'tx' | 'cipher' | 'now'>, given: readonly NewIdentity[]) {
  const sealed = await sealIdentities({ tx, cipher }, given)
  const column = (value: (each: NewIdentity) => string) => given.map(value)
  return tx.$executeRaw`
    INSERT INTO identity (id, customer_id, channel, external_hash, external_sealed, created_at)
    SELECT given.*, ${now} FROM unnest(
      ${column(() => newId())}::uuid[], ${column(({ customerId }) => customerId)}::uuid[],
      ${column(({ identity }) => identity.kind)}::text[], ${column(({ identity }) => hashOf(cipher, identity))}::text[],
      ${sealed}::text[]
    ) AS given (id, customer_id, channel, external_hash, external_sealed)
    ORDER BY channel, external_hash
    ON CONFLICT DO NOTHING`
}

/** Sealed anew, too: whoever had it before may be erased, and their key with them. */
async function moveIdentities({ tx, cipher }: Pick<Work, 'tx' | 'cipher'>, given: readonly NewIdentity[]) {
  const sealed = await sealIdentities({ tx, cipher }, given)
  return tx.$executeRaw`
    UPDATE identity AS own SET customer_id = given.customer_id, external_sealed = given.external_sealed FROM unnest(
      ${given.map(({ customerId }) => customerId)}::uuid[], ${given.map(({ before }) => before ?? null)}::uuid[],
      ${given.map(({ identity }) => identity.kind)}::text[], ${given.map(({ identity }) => hashOf(cipher, identity))}::text[],
      ${sealed}::text[]
    ) AS given (customer_id, before, channel, external_hash, external_sealed)
    WHERE own.channel = given.channel AND own.external_hash = given.external_hash AND own.customer_id = given.before`
}

async function sealIdentities(place: Pick<Work, 'tx' | 'cipher'>, given: readonly NewIdentity[]): Promise<string[]> {
  const cipherOf = await customerCiphers(
    place,
    given.map(({ customerId }) => customerId)
  )
  return given.map(({ customerId, identity }) => cipherOf(customerId).seal('identity.external', identity.value))
}

export interface LikelyDuplicate {
  readonly one: string
  readonly other: string
  readonly reason: DuplicateReason
}

/** Notes pairs for somebody to decide; one that was noted before stays as it was decided. */
export async function noteDuplicates(tx: Tx, pairs: readonly LikelyDuplicate[], at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO likely_duplicate (customer_a, customer_b, reason, found_at)
    SELECT DISTINCT ON (a, b) a, b, reason, ${at}::timestamptz FROM (
      SELECT LEAST(one, other) AS a, GREATEST(one, other) AS b, reason
      FROM unnest(${pairs.map(({ one }) => one)}::uuid[], ${pairs.map(({ other }) => other)}::uuid[],
        ${pairs.map(({ reason }) => reason)}::text[]) AS given (one, other, reason)
    ) AS pair WHERE a <> b ORDER BY a, b
    ON CONFLICT DO NOTHING`
}

/** Runs a step of a transaction; when it answers false, what it wrote is taken back. */
export async function attempt(tx: Tx, step: () => Promise<boolean>): Promise<boolean> {
  await tx.$executeRaw`SAVEPOINT attempt`
  const done = await step()
  if (!done) await tx.$executeRaw`ROLLBACK TO SAVEPOINT attempt`
  await tx.$executeRaw`RELEASE SAVEPOINT attempt`
  return done
}
