import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../scope.ts'
import type { RingKey } from './cipher.ts'
import { parseKeys } from './parse-keys.ts'

/** Where a ring may come from. */
export interface KeySource {
  readonly encryptionKeys: readonly string[] | undefined
  readonly dataDir: string
  readonly databaseUrl: string | undefined
}

/** The generated key's file in the data folder. */
export const KEY_FILE = 'encryption.key'

/**
 * The keys personal text is sealed with, newest first: those configured, else those of the key file, which is made at
 * the first start. Warns as long as the key lives in that file only.
 */
export function openKeyRing(source: KeySource, log: Log): RingKey[] {
  if (source.encryptionKeys) return ringOf(source.encryptionKeys, 'MATANE_ENCRYPTION_KEYS')
  const file = join(source.dataDir, KEY_FILE)
  const made = !fs.existsSync(file) && createKeyFile(file)
  const keys = fs.readFileSync(file, 'utf8').split(/\s+/).filter(Boolean)
  if (made || source.databaseUrl) warn(source, file, log)
  return ringOf(keys, file)
}

/** Whether there are keys already: opening the ring would make one. */
export function hasKeys({ encryptionKeys, dataDir }: KeySource): boolean {
  return encryptionKeys !== undefined || fs.existsSync(join(dataDir, KEY_FILE))
}

function ringOf(texts: readonly string[], where: string): RingKey[] {
  const parsed = parseKeys(texts)
  if (!parsed.ok)
    throw new Error(`${where}: ${parsed.problem}. Restore it from your backup; without it nobody can be named.`)
  return parsed.ring
}

/** False when another process made it first. The file appears whole or not at all, readable by its owner only. */
function createKeyFile(file: string): boolean {
  fs.mkdirSync(join(file, '..'), { recursive: true })
  const fresh = `${file}.${randomBytes(4).toString('hex')}`
  const descriptor = fs.openSync(fresh, 'wx', 0o600)
  try {
    fs.writeFileSync(descriptor, `k1:${randomBytes(32).toString('base64')}\n`)
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
  try {
    placeOnce(fresh, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    fs.rmSync(fresh, { force: true })
  }
}

/** Unlike a rename, a link never replaces a key that something may already be sealed with. */
function placeOnce(fresh: string, file: string): void {
  try {
    fs.linkSync(fresh, file)
  } catch (error) {
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error
    // A file system without hard links.
    fs.copyFileSync(fresh, file, fs.constants.COPYFILE_EXCL)
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

function warn({ databaseUrl }: KeySource, file: string, log: Log): void {
  const backup = `Personal data can be read only with the key in ${file}: keep a copy of it in a safe place.`
  const louder = `The database is on a server but its key is on this machine only: other machines cannot read the data, and losing this disk loses it for good. Set MATANE_ENCRYPTION_KEYS to the line in that file.`
  log.warn(databaseUrl ? `${backup} ${louder}` : backup)
}
