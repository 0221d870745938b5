/** Opens the key ring of a data folder and prints its first key: several of these race in a test. */
import { openKeyRing } from '../../src/platform/db/key-ring.ts'

const silent = { info() {}, warn() {}, error() {} }
const [dataDir = ''] = process.argv.slice(2)
const [key] = openKeyRing({ dataDir, encryptionKeys: undefined, databaseUrl: undefined }, silent)
process.stdout.write(Buffer.from(key?.bytes ?? []).toString('hex'))
