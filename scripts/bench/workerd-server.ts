/**
 * The Worker's door in local workerd, with nobody working off the inbox. Locally Hyperdrive is only an address: each
 * request opens a session of its own on the server, which the real one lends from its pool.
 */
import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import { deployMigrations } from '../db/migration-status.ts'
import { channelsAt } from './reply.ts'

const databaseUrl = process.env.BENCH_DATABASE_URL ?? ''
process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = databaseUrl
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.WRANGLER_SEND_METRICS = 'false'

await deployMigrations({ databaseUrl, dataDir: '', encryptionKeys: undefined, timeZone: 'Asia/Tokyo' })
const secrets = {
  ...channelsAt('http://127.0.0.1:9'),
  MATANE_ROLE: 'web',
  MATANE_ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`
}
const root = join(import.meta.dirname, '../..')
const harness = createTestHarness({ root, workers: [{ configPath: 'wrangler.toml', secrets }] })
const { url } = await harness.listen()
await fetch(new URL('/readyz', url))
process.send?.(url.origin)
process.on('SIGTERM', () => void harness.close().finally(() => process.exit(0)))
