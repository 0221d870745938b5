import { comparable } from '../../core/text.ts'
import type { FieldCipher, Tx } from '../../platform/db/index.ts'
import { findCustomer, toldIdentity } from '../customers/index.ts'
import { customerOfFollowUp, seePeople } from './store/people.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The customer whom a staff member's word names for certain: "#812", a phone number, an address, "pos:1234", an id. */
export async function findPerson(tx: Tx, cipher: FieldCipher, word: string): Promise<string | undefined> {
  const text = comparable(word)
  const [, number] = /^#(\d{1,9})$/.exec(text) ?? []
  if (number) return customerOfFollowUp(tx, Number(number))
  if (UUID.test(text)) return (await seePeople(tx, cipher, [text])).get(text)?.id
  // Ids of accounts keep their letters.
  const [, kind = text.includes('@') ? 'email' : 'phone', value = word] = /^([a-z]+):(.+)$/.exec(word.trim()) ?? []
  const identity = toldIdentity(kind, value)
  return identity.ok ? findCustomer(tx, cipher, identity.value) : undefined
}
