/** The product's door with nobody working off the inbox: what taking in a webhook costs by itself. */
import { createMatane } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createLog } from '../../src/platform/log.ts'
import { createScope } from '../../src/platform/settling-scope.ts'
import { serveHttp } from '../../src/serve.ts'
import { CHANNEL_SECRET, WRITE_KEY } from './wire.ts'

const { BENCH_DATABASE_URL: databaseUrl, BENCH_DATA_DIR: dataDir } = process.env
const config: Config = {
  port: 0,
  host: '127.0.0.1',
  publicUrl: 'http://127.0.0.1',
  timeZone: 'Asia/Tokyo',
  role: 'all',
  sandbox: false,
  dataDir: dataDir ?? '',
  databaseUrl,
  encryptionKeys: undefined,
  hookSecrets: new Map(),
  writeKeys: [{ source: 'bench', kind: 'ec', key: WRITE_KEY }],
  line: { channelSecret: CHANNEL_SECRET, accessToken: 't', apiBaseUrl: 'http://127.0.0.1:9', botId: '@bench' },
  slack: { signingSecret: 's', botToken: 'xoxb-b', apiUrl: 'http://127.0.0.1:9/api/', alertChannel: 'C0' }
}
const cipher = fieldCipher([{ id: 'bench', bytes: new Uint8Array(32).fill(1) }])
const db = await openDatabase({ databaseUrl, dataDir }, cipher)
const matane = createMatane(
  config,
  createScope({ db, log: createLog(), now: () => new Date(), timeZone: config.timeZone })
)
const { port } = await serveHttp(matane.fetch, config)
process.send?.(`http://127.0.0.1:${port}`)
process.on('SIGTERM', () => process.exit(0))
