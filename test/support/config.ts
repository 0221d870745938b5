import type { Config } from '../../src/config.ts'

/** A configuration for tests that go nowhere: no address, no credential in it works. */
export const testConfig: Config = {
  port: 0,
  host: '127.0.0.1',
  publicUrl: 'http://matane.test',
  timeZone: 'Asia/Tokyo',
  role: 'all',
  sandbox: false,
  dataDir: '',
  databaseUrl: undefined,
  line: { channelSecret: '', accessToken: '', apiBaseUrl: '', botId: '' },
  slack: { signingSecret: '', botToken: '', apiUrl: '', alertChannel: '' },
  encryptionKeys: undefined,
  hookSecrets: new Map(),
  writeKeys: []
}
