import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { StoreConfig } from '../../src/config.ts'
import { newId } from '../../src/core/ids.ts'
import { customerCipher, type Database, eraseKeys, fieldCipher, RESTORED_AT } from '../../src/platform/db/index.ts'
import { openKeyRing } from '../../src/platform/db/key-ring.ts'
import { embeddedFolder, openDatabase } from '../../src/platform/db/open.ts'
import { useDataFolders } from '../../test/support/data-folder.ts'
import { useFolders } from '../../test/support/folder.ts'
import { recordLog } from '../../test/support/log.ts'
import { COMMANDS } from './commands.ts'

const folder = useFolders()
const dataFolder = useDataFolders()

/** A store of its own, and its backups' folder. */
function store(): StoreConfig & { readonly backups: string } {
  const encryptionKeys = [`k1:${Buffer.alloc(32, 3).toString('base64')}`]
  return { dataDir: dataFolder(), databaseUrl: undefined, encryptionKeys, timeZone: 'Asia/Tokyo', backups: folder() }
}

async function run(command: 'backup' | 'restore' | 'restored', args: string[], config: StoreConfig) {
  return COMMANDS[command]?.(args, config)
}

async function within<T>(config: StoreConfig, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(config, fieldCipher(openKeyRing(config, recordLog())))
  return work(db).finally(() => db.close())
}

/** A customer with a name, sealed; their id. */
async function addCustomer(db: Database, name: string): Promise<string> {
  const id = newId()
  await db.transaction(async (tx) => {
    const cipher = await customerCipher({ tx, cipher: db.cipher }, id)
    await tx.customer.create({ data: { id, createdAt: new Date(), nameSealed: cipher.seal('customer.name', name) } })
  })
  return id
}

/** As PostgreSQL does after a while: files of its journal lie ready to be used again, with what was written in them before. */
function leaveOldJournal({ dataDir }: StoreConfig): void {
  const journal = join(embeddedFolder(dataDir), 'pg_wal')
  const written = readdirSync(journal).find((name) => /^[0-9A-F]{24}$/.test(name)) ?? ''
  for (const ahead of [1, 9]) copyFileSync(join(journal, written), join(journal, fileAhead(written, ahead)))
}

/** The name of a file of the journal some files later. */
function fileAhead(name: string, count: number): string {
  const next = Number.parseInt(name.slice(16), 16) + count
  return name.slice(0, 16) + next.toString(16).toUpperCase().padStart(8, '0')
}

/** How customers are called, as far as their keys are there. */
function names(config: StoreConfig): Promise<string[]> {
  return within(config, async ({ prisma, cipher }) => {
    const rows = await prisma.customer.findMany({ orderBy: { id: 'asc' } })
    return rows.map(({ nameSealed = '' }) =>
      cipher.opens(nameSealed ?? '') ? cipher.open('customer.name', nameSealed ?? '') : 'without a key'
    )
  })
}

describe('backups and customers’ own keys', () => {
  test('an erased person is in no backup any more: the keys lie apart, and those of the newest only', async () => {
    const here = store()
    const [first, second] = [join(here.backups, 'first.tar.gz'), join(here.backups, 'second.tar.gz')]
    const { aya, wrapped } = await within(here, async (db) => {
      const ids = [await addCustomer(db, '彩'), await addCustomer(db, '健太')]
      const keys = await db.prisma.customerKey.findMany()
      return { aya: ids[0] ?? '', wrapped: keys.map(({ keySealed }) => keySealed.slice(3)) }
    })
    leaveOldJournal(here)
    expect(await run('backup', [first], here)).toMatchObject({ ok: true })
    const inside = gunzipSync(readFileSync(first)).toString('latin1')
    expect(wrapped.filter((key) => inside.includes(key))).toEqual([])
    expect(statSync(join(here.backups, 'customer-keys.json')).mode & 0o777).toBe(0o600)

    await within(here, (db) => db.transaction((tx) => eraseKeys({ tx, cipher: db.cipher }, aya)))
    // The file of keys is from before: what is replaced knows better.
    expect(await run('restore', [first], here)).toMatchObject({ ok: true })
    expect(await names(here)).toEqual(['without a key', '健太'])
    expect(await within(here, ({ prisma }) => prisma.setting.count({ where: { key: RESTORED_AT } }))).toBe(1)
    expect(await run('backup', [second], here)).toMatchObject({ ok: true })
    const elsewhere = { ...here, dataDir: folder() }
    expect(await run('restore', [first], elsewhere)).toMatchObject({ ok: true })
    expect(await names(elsewhere)).toEqual(['without a key', '健太'])
  }, 120_000)

  test('a backup without its keys, or with older ones, is not restored', async () => {
    const here = store()
    const [file, keys] = [join(here.backups, 'backup.tar.gz'), join(here.backups, 'customer-keys.json')]
    await run('backup', [file], here)
    const old = readFileSync(keys, 'utf8')
    rmSync(keys)
    await expect(run('restore', [file], here)).rejects.toThrow(/customer-keys.json is missing.*Put the newest/)
    writeFileSync(keys, '{')
    await expect(run('restore', [file], here)).rejects.toThrow(/does not hold customers’ keys/)
    await run('backup', [file], here)
    writeFileSync(keys, old)
    await expect(run('restore', [file], here)).rejects.toThrow(/is older than the backup/)
    expect(await names(here)).toEqual([])
  }, 120_000)

  test('of a database on a server, it is said that it was restored', async () => {
    const here = store()
    expect(await run('restored', [], here)).toMatchObject({ ok: true, text: expect.stringContaining('erased again') })
    expect(await run('restored', [], here)).toMatchObject({ ok: true })
    expect(await within(here, ({ prisma }) => prisma.setting.count({ where: { key: RESTORED_AT } }))).toBe(1)
    expect(await run('restored', [], { ...here, dataDir: folder() })).toMatchObject({ ok: false })
  }, 60_000)
})
