import type { Hono, Context as HttpContext } from 'hono'
import { z } from 'zod'
import { durationMs } from '../../core/time.ts'
import type { Context, HttpEnv } from '../../platform/feature.ts'
import { limitBody, type Problem, problem } from '../../platform/http/index.ts'
import { lineIdentity, TOLD_KINDS, type ToldIdentity, toldIdentity } from '../customers/index.ts'
import { findSource, keyOfHeader } from '../ingest/index.ts'
import type { LinkingOptions } from './line.ts'
import { makeNonce, makeReceiptCode } from './make-proof.ts'
import { customerOfLink } from './page-link.ts'
import { printedCode } from './rules/receipt-code.ts'

type Http = HttpContext<HttpEnv>

export interface LinkDeps extends Pick<LinkingOptions, 'loginUrl'> {
  /** Asks LINE for a token that stands for this LINE user at the shop, for ten minutes. */
  readonly linkToken: (lineUserId: string) => Promise<string>
}

const IdentityBody = z.object({ kind: z.enum(TOLD_KINDS), value: z.union([z.string(), z.number()]) })
const LinkBody = z.object({ linkToken: z.string().regex(/^[\w.~+/=-]{1,500}$/), identity: IdentityBody })
const ReceiptBody = z.object({
  identity: IdentityBody,
  /** Up to a year: "30d". */
  validFor: z
    .string()
    .regex(/^\d{1,4}[hd]$/)
    .refine((text) => durationMs(text) > 0 && durationMs(text) <= durationMs('366d'))
    .default('30d')
})

/** The page on which a customer sets out to link their account. */
export function pageRoutes(app: Hono<HttpEnv>, deps: LinkDeps): void {
  app.get('/link/:token', (http) => begin(http, deps))
}

/** What a shop's own servers ask for, with their write key. */
export function vouchRoutes(app: Hono<HttpEnv>, context: Context): void {
  app.post('/v1/link', limitBody(), (http) => vouched({ http, context }, LinkBody, answerLink))
  app.post('/v1/receipt-codes', limitBody(), (http) => vouched({ http, context }, ReceiptBody, answerReceipt))
}

/** Sends the customer on to the shop's login, with LINE's token. */
async function begin(http: Http, { loginUrl, linkToken }: LinkDeps): Promise<Response> {
  const { scope } = http.get('context')
  const customerId = customerOfLink(scope.db.cipher, http.req.param('token') ?? '', scope.now())
  const line = customerId && (await lineIdentity(scope.db.prisma, scope.db.cipher, customerId))
  if (!line || !loginUrl) return problem(http, REFUSED.oldLink)
  const target = new URL(loginUrl)
  target.searchParams.set('linkToken', await linkToken(line.userId))
  http.header('cache-control', 'no-store')
  return http.redirect(target.href, 302)
}

interface Asked {
  readonly http: Http
  readonly context: Context
}

interface Vouch<Body> {
  readonly body: Body
  readonly identity: ToldIdentity
  readonly source: string
}

/** Only a server's key vouches for who somebody is: a browser's is public. */
async function vouched<Body extends { readonly identity: z.infer<typeof IdentityBody> }>(
  { http, context }: Asked,
  schema: z.ZodType<Body>,
  answer: (asked: Asked, vouch: Vouch<Body>) => Promise<Response>
): Promise<Response> {
  const key = findSource(context.config.writeKeys, keyOfHeader(http.req.header('authorization') ?? ''))
  if (!key) return problem(http, REFUSED.key)
  if (key.kind === 'browser') return problem(http, REFUSED.browser)
  const parsed = schema.safeParse(await http.req.json().catch(() => undefined))
  if (!parsed.success) return problem(http, { ...REFUSED.body, detail: faultsIn(parsed.error) })
  const identity = toldIdentity(parsed.data.identity.kind, parsed.data.identity.value)
  if (!identity.ok) return problem(http, { ...REFUSED.body, detail: identity.message })
  http.header('cache-control', 'no-store')
  return answer({ http, context }, { body: parsed.data, identity: identity.value, source: key.source })
}

async function answerLink(
  { http, context }: Asked,
  { body, identity, source }: Vouch<z.infer<typeof LinkBody>>
): Promise<Response> {
  const made = await context.perform(`link:${crypto.randomUUID()}`, (work) => makeNonce(work, { identity, source }))
  const query = new URLSearchParams({ linkToken: body.linkToken, nonce: made.secret })
  const url = `https://access.line.me/dialog/bot/accountLink?${query}`
  return http.json({ url, expiresAt: made.expiresAt.toISOString() }, 201)
}

async function answerReceipt(
  { http, context: { perform, config } }: Asked,
  { body, identity, source }: Vouch<z.infer<typeof ReceiptBody>>
): Promise<Response> {
  const made = await perform(`receipt:${crypto.randomUUID()}`, (work) =>
    makeReceiptCode(work, { identity, source }, body.validFor)
  )
  const code = printedCode(made.secret)
  const text = `レシート ${code}`
  const url = `https://line.me/R/oaMessage/${encodeURIComponent(config.line.botId)}/?${encodeURIComponent(text)}`
  return http.json({ code, text, url, expiresAt: made.expiresAt.toISOString() }, 201)
}

function faultsIn(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ')
}

const REFUSED = {
  oldLink: {
    ...{ status: 410, title: 'This link is too old' },
    detail:
      'LINEのトークで「連携」と送って、もう一度お試しください。 Please send "link" in the LINE chat and try again.'
  },
  key: {
    ...{ status: 401, title: 'There is no such write key' },
    detail: 'Send the key of your source as the user of Basic authorization, or as a Bearer token.'
  },
  browser: {
    ...{ status: 403, title: 'A browser’s key cannot vouch for anybody' },
    detail: 'Ask from your own server, with a server key of MATANE_WRITE_KEYS.'
  },
  body: { status: 400, title: 'The body is not as it must be' }
} as const satisfies Record<string, Problem>
