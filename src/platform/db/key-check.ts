import type { FieldCipher } from './cipher.ts'
import type { Database, Tx } from './database.ts'

const FIELD = 'setting.value'
const SEALED = 'encryption.key.'
const INDEX = 'encryption.index'
const PROBE = 'matane'

/**
 * Makes sure that what is in the database can be read with the keys at hand, and then notes the newest of them. Throws
 * when one is missing or another one: better not to start than to seal new data with a key that does not belong here.
 */
export async function checkKeys({ transaction, cipher }: Pick<Database, 'transaction' | 'cipher'>): Promise<void> {
  await transaction(async (tx) => {
    // One process after another: two that start with different keys must not both be the first.
    await tx.$executeRaw`LOCK TABLE setting IN SHARE ROW EXCLUSIVE MODE`
    await compare(tx, cipher)
    await note(tx, cipher)
  })
}

/** Throws, as checkKeys does, when the keys at hand are not those of the database; changes nothing. */
export async function compareKeys({ transaction, cipher }: Pick<Database, 'transaction' | 'cipher'>): Promise<void> {
  await transaction((tx) => compare(tx, cipher))
}

async function compare(tx: Tx, cipher: FieldCipher): Promise<void> {
  const rows = await tx.setting.findMany({
    where: { OR: [{ key: { startsWith: SEALED } }, { key: INDEX }] },
    orderBy: { key: 'asc' }
  })
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

async function note(tx: Tx, cipher: FieldCipher): Promise<void> {
  const sealed = cipher.seal(FIELD, PROBE)
  const keyId = sealed.slice(0, sealed.indexOf(':'))
  await tx.setting.createMany({
    data: [
      { key: `${SEALED}${keyId}`, value: sealed },
      { key: INDEX, value: cipher.blindIndex(FIELD, PROBE) }
    ],
    skipDuplicates: true
  })
}

function opens(cipher: FieldCipher, sealed: string): boolean {
  try {
    return cipher.open(FIELD, sealed) === PROBE
  } catch {
    return false
  }
}
