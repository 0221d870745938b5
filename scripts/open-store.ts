import type { StoreConfig } from '../src/config.ts'
import { type Database, fieldCipher } from '../src/platform/db/index.ts'
import { openKeyRing } from '../src/platform/db/key-ring.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { createLog } from '../src/platform/log.ts'

/** Opens the store as the server would, or comes in through the door of a server that has it open. */
export function openStore(config: StoreConfig, log = createLog()): Promise<Database> {
  return openDatabase(config, fieldCipher(openKeyRing(config, log)), { log, door: 'visitor' })
}
