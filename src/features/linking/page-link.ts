import { z } from 'zod'
import { addDuration } from '../../core/time.ts'
import type { FieldCipher } from '../../platform/db/index.ts'

const FIELD = 'link.page'
/** Long enough to find the message again, short enough that an old one lies about for nobody. */
const VALID = '1d'
const Token = z.object({ customerId: z.uuid(), until: z.coerce.date() })

/** The address that begins the link of a customer's account. LINE itself checks that whoever ends it is the same person. */
export function pageLink(cipher: FieldCipher, publicUrl: string, of: { customerId: string; now: Date }): string {
  const { customerId, now } = of
  const sealed = cipher.seal(FIELD, JSON.stringify({ customerId, until: addDuration(now, VALID) }))
  return `${publicUrl}/link/${Buffer.from(sealed).toString('base64url')}`
}

/** Whose link it is; undefined when it is none of ours, or too old. */
export function customerOfLink(cipher: FieldCipher, token: string, now: Date): string | undefined {
  try {
    const sealed = Buffer.from(token, 'base64url').toString('utf8')
    const { customerId, until } = Token.parse(JSON.parse(cipher.open(FIELD, sealed)))
    return until > now ? customerId : undefined
  } catch {
    return undefined
  }
}
