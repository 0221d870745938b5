import type { Hono, Context as HttpContext } from 'hono'
import { localeOf } from '../../../core/locale.ts'
import { dayOf } from '../../../core/time.ts'
import type { Context, HttpEnv } from '../../../platform/feature.ts'
import { keepPrivate, streamOf } from '../../../platform/http/index.ts'
import { downloadName, isArchive } from '../rules/choice.ts'
import type { LinkFault } from '../rules/link.ts'
import { EXPORT_PATH } from './ask-for-link.ts'
import { lookAtLink, useLink } from './open-link.ts'
import { downloadPage, refusalPage } from './page.ts'
import { writeExport } from './write-export.ts'

/** Whether a Slack account may export, as Slack says now. Asks over the network. */
export type MayExport = (context: Context, userId: string) => Promise<boolean>

type Http = HttpContext<HttpEnv>

/**
 * GET /export/:token says what can be downloaded, and gives nothing away: programs that look at links in chats use up
 * nothing. POST to the same address is the download.
 */
export function exportRoutes(app: Hono<HttpEnv>, mayExport: MayExport): void {
  app.get(`${EXPORT_PATH}/:token`, async (http) => {
    const { db, now, timeZone } = http.get('context').scope
    const found = await lookAtLink(db.prisma, http.req.param('token'), now())
    if (!found.ok) return refuse(http, found.kind)
    return http.html(downloadPage(found.value, { ...lookOf(http), timeZone }))
  })
  app.post(`${EXPORT_PATH}/:token`, (http) => download(http, http.req.param('token'), mayExport))
}

async function download(http: Http, token: string, mayExport: MayExport): Promise<Response> {
  const context = http.get('context')
  const { db, now, timeZone } = context.scope
  const found = await lookAtLink(db.prisma, token, now())
  if (!found.ok) return refuse(http, found.kind)
  // Who was a manager an hour ago need not be one now.
  if (!(await mayExport(context, found.value.askedBy))) return refuse(http, 'not_manager')
  const used = await context.perform(`export:${crypto.randomUUID()}`, (work) => useLink(work, token))
  if (!used.ok) return refuse(http, used.kind)
  const { choice, askedBy } = used.value
  keepPrivate(http)
  http.header('Content-Type', isArchive(choice) ? 'application/zip' : 'text/csv; charset=utf-8')
  http.header('Content-Disposition', `attachment; filename="${downloadName(choice, dayOf(now(), timeZone))}"`)
  return http.body(streamOf(writeExport(context, { choice, by: askedBy })))
}

const STATUS = { unknown: 404, expired: 410, used_up: 410, not_manager: 403 } as const

function refuse(http: Http, why: LinkFault | 'not_manager'): Response | Promise<Response> {
  return http.html(refusalPage(why, lookOf(http)), STATUS[why])
}

function lookOf(http: Http) {
  return { nonce: keepPrivate(http), locale: localeOf(http.req.header('accept-language')) }
}
