import { createHash } from 'node:crypto'
import type { Config } from '../../config.ts'
import { equalBytes } from '../../core/hash.ts'

export type WriteKey = Config['writeKeys'][number]

/** The write key of an Authorization header: the user of Basic, as Segment's libraries send it, or a Bearer token. */
export function keyOfHeader(authorization: string): string | undefined {
  const [, scheme, credentials = ''] = /^(basic|bearer)\s+(\S+)\s*$/i.exec(authorization) ?? []
  if (scheme?.toLowerCase() === 'bearer') return credentials
  return scheme && Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0]
}

/** Whose key it is. Every key is compared, in constant time; undefined when it is none of ours. */
export function findSource(keys: readonly WriteKey[], told: unknown): WriteKey | undefined {
  if (typeof told !== 'string') return undefined
  const digest = sha256(told)
  return keys.filter(({ key }) => equalBytes(sha256(key), digest))[0]
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
