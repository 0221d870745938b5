import type { Context } from 'hono'
import { localeOf } from '../../core/locale.ts'
import { dayOf } from '../../core/time.ts'
import type { Door, HttpEnv } from '../../platform/feature.ts'
import { keepPrivate } from '../../platform/http/index.ts'
import { missingPage } from './page.ts'
import { tapEvent } from './record-tap.ts'
import { isPreview } from './rules/preview.ts'
import { TOKEN } from './rules/token.ts'
import { findLink, type KeptLink } from './store.ts'

/** Where links are followed, before the token. */
export const LINK_PATH = '/r'

/** A tap is stored before the customer goes on, which takes milliseconds. Whatever the database does, they wait no longer. */
const STORE_MS = 300

/**
 * Leads a customer on to where a button of theirs goes, and takes note of the tap: once for each link and day, however
 * often it is opened, and not when only a program looks. Nothing but the token is read.
 */
export async function followLink(door: Door, http: Context<HttpEnv>): Promise<Response> {
  const token = http.req.param('token') ?? ''
  const { scope } = door.context
  const link = TOKEN.test(token) ? await findLink(scope.db.prisma, token) : undefined
  const nonce = keepPrivate(http)
  if (!link) return http.html(missingPage(localeOf(http.req.header('accept-language')), nonce), 404)
  const looksOnly = isPreview(http.req.method, (name) => http.req.header(name))
  if (!looksOnly) await noteTap(door, link)
  return http.redirect(link.target, 302)
}

async function noteTap({ context: { scope }, intake }: Door, link: KeptLink): Promise<void> {
  const event = tapEvent(link, { at: scope.now(), day: dayOf(scope.now(), scope.timeZone) })
  if (!event) return
  const stored = intake
    .put([event])
    .catch((error: unknown) => scope.log.error('A tap on a link could not be stored', { error }))
  scope.waitUntil(stored)
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, STORE_MS)
  await Promise.race([stored, late]).finally(() => clearTimeout(timer))
}
