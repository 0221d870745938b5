export { type FieldCipher, fieldCipher, type RingKey } from './cipher.ts'
export { type Database, lockKey, type Tx } from './database.ts'
export type { Migration } from './migrate.ts'
