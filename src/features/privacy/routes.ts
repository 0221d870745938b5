import type { Hono } from 'hono'
import { localeOf } from '../../core/locale.ts'
import type { HttpEnv } from '../../platform/feature.ts'
import { keepPrivate } from '../../platform/http/index.ts'
import { exportPage, missingPage, openPage } from './page/page.ts'
import { EXPORT_PATH, openExport, opens } from './share-export.ts'

/**
 * GET /privacy/:token shows a button and nothing about anybody: programs that look at links in chats open nothing. POST to
 * the same address shows what is kept, or hands it over as a JSON file (?format=json).
 */
export function routes(app: Hono<HttpEnv>): void {
  app.get(`${EXPORT_PATH}/:token`, async (c) => {
    const { db, now } = c.get('context').scope
    const nonce = keepPrivate(c)
    const locale = localeOf(c.req.header('accept-language'))
    if (!(await opens(db.prisma, c.req.param('token'), now()))) return c.html(missingPage(locale, nonce), 404)
    return c.html(openPage(locale, nonce))
  })
  app.post(`${EXPORT_PATH}/:token`, async (c) => {
    const { perform, scope } = c.get('context')
    const nonce = keepPrivate(c)
    const found = await perform(`privacy:${crypto.randomUUID()}`, (work) => openExport(work, c.req.param('token')))
    if (!found) return c.html(missingPage(localeOf(c.req.header('accept-language')), nonce), 404)
    if (c.req.query('format') !== 'json') return c.html(exportPage(found, { nonce, timeZone: scope.timeZone }))
    c.header('Content-Disposition', 'attachment; filename="my-data.json"')
    c.header('Content-Type', 'application/json; charset=utf-8')
    return c.body(JSON.stringify({ at: found.at, ...found.kept }, null, 2))
  })
}
