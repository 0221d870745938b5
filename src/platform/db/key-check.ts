import type { Pool, PoolClient } from 'pg'
import type { FieldCipher } from './cipher.ts'

const FIELD = 'setting.value'
const SEALED = 'encryption.key.'
const INDEX = 'encryption.index'
const PROBE = 'matane'

/**
 * Makes sure that what is in the database can be read with the keys at hand, and then notes the newest of them. Throws
 * when one is missing or another one: better not to start than to seal new data with a key that does not belong here.
 */
export async function checkKeys(pool: Pool, cipher: FieldCipher): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    // One process after another: two that start with different keys must not both be the first.
    await client.query('LOCK TABLE setting IN SHARE ROW EXCLUSIVE MODE')
    await compare(client, cipher)
    await note(client, cipher)
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function compare(client: PoolClient, cipher: FieldCipher): Promise<void> {
  const { rows } = await client.query<{ key: string; value: string }>(
    'SELECT key, value FROM setting WHERE starts_with(key, $1) OR key = $2 ORDER BY key',
    [SEALED, INDEX]
  )
  const unreadable = rows.filter(({ key, value }) => key.startsWith(SEALED) && !opens(cipher, value))
  const ids = unreadable.map(({ key }) => `"${key.slice(SEALED.length)}"`).join(', ')
  if (ids) {
    throw new Error(
      `This database holds personal data sealed with the encryption key ${ids}, which is missing or a different one here. Put it back: into MATANE_ENCRYPTION_KEYS, or as the file encryption.key in the data folder.`
    )
  }
  const index = rows.find(({ key }) => key === INDEX)
  if (index && index.value !== cipher.blindIndex(FIELD, PROBE)) {
    throw new Error(
      'The oldest encryption key of this database must stay last in MATANE_ENCRYPTION_KEYS: people are looked up with it. Add a new key in front, and keep the others.'
    )
  }
}

async function note(client: PoolClient, cipher: FieldCipher): Promise<void> {
  const sealed = cipher.seal(FIELD, PROBE)
  const keyId = sealed.slice(0, sealed.indexOf(':'))
  await client.query('INSERT INTO setting (key, value) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING', [
    `${SEALED}${keyId}`,
    sealed,
    INDEX,
    cipher.blindIndex(FIELD, PROBE)
  ])
}

function opens(cipher: FieldCipher, sealed: string): boolean {
  try {
    return cipher.open(FIELD, sealed) === PROBE
  } catch {
    return false
  }
}
