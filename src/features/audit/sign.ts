import { sha256Hex } from '../../core/hash.ts'
import type { FieldCipher } from '../../platform/db/index.ts'
import type { Sign } from './rules/chain.ts'

/**
 * Signs with the installation's index key, which never changes and is not in the database: who can only write there cannot
 * make a chain that fits. Of the text its digest: the index overlooks case and width, and a digest has neither.
 */
export function signer(cipher: FieldCipher): Sign {
  return (text) => cipher.blindIndex('audit.hash', sha256Hex(text))
}
