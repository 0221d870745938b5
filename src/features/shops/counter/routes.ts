import { randomBytes } from 'node:crypto'
import type { Hono, Context as HttpContext } from 'hono'
import type { HttpEnv } from '../../../platform/feature.ts'
import { problem } from '../../../platform/http/index.ts'
import { brandOf } from '../brand.ts'
import type { Shop } from '../store/shops.ts'
import { counterView, shopByKey } from './counter-view.ts'
import { counterPage, missingPage } from './page.ts'

const FALLBACK_COLOUR = '#4a4440'
const MISSING = {
  status: 404,
  title: 'No counter opens with this key',
  detail: 'Ask the manager of the shop for the new address of its counter page.'
} as const

/** GET /counter/:shop?key=… (the page) and GET /counter/:shop/code?key=… (the code it shows next). */
export function counterRoutes(app: Hono<HttpEnv>, counterNow: () => Date): void {
  app.get('/counter/:shop', async (c) => {
    const nonce = randomBytes(16).toString('base64')
    secure(c, nonce)
    const shop = await shopOf(c)
    if (!shop) return c.html(missingPage(nonce), 404)
    return c.html(await pageOf(c, shop, { nonce, at: counterNow() }))
  })
  app.get('/counter/:shop/code', async (c) => {
    secure(c, '')
    const shop = await shopOf(c)
    if (!shop) return problem(c, MISSING)
    return c.json(counterView(shop, c.get('context').config.line.botId, counterNow()))
  })
}

async function shopOf(c: HttpContext<HttpEnv>): Promise<Shop | undefined> {
  const { prisma, cipher } = c.get('context').scope.db
  return shopByKey(prisma, cipher, { id: c.req.param('shop') ?? '', key: c.req.query('key') ?? '' })
}

async function pageOf(c: HttpContext<HttpEnv>, shop: Shop, { nonce, at }: { nonce: string; at: Date }) {
  const { scope, config } = c.get('context')
  const brand = await brandOf(scope.db.prisma)
  return counterPage({
    brand: brand?.name ?? shop.name,
    shop: shop.name,
    colour: brand?.colour ?? FALLBACK_COLOUR,
    view: counterView(shop, config.line.botId, at),
    codeUrl: `/counter/${shop.id}/code?key=${encodeURIComponent(shop.linkKey)}`,
    nonce
  })
}

/** The address is a key: it must not be cached, indexed or told to other sites. Only our own pages may frame it. */
function secure(c: HttpContext<HttpEnv>, nonce: string): void {
  const own = `'nonce-${nonce}'`
  c.header('Cache-Control', 'no-store')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('X-Robots-Tag', 'noindex')
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; script-src ${own}; style-src ${own}; img-src data:; connect-src 'self'; ` +
      `base-uri 'none'; form-action 'none'; frame-ancestors 'self'`
  )
}
