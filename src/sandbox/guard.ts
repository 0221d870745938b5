import type { MiddlewareHandler } from 'hono'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Lets only this machine's own pages in: another site whose name was pointed at this machine is refused by its Host,
 * a form or script on another site by its Origin.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host
  if (!isLoopback(`http://${host}`)) return c.text('The sandbox answers on localhost only.', 403)
  if (!isOwnOrigin(c.req.header('origin'), host)) return c.text('The sandbox answers its own page only.', 403)
  if (c.req.header('sec-fetch-site') === 'cross-site' && c.req.method !== 'GET')
    return c.text('The sandbox answers its own page only.', 403)
  await next()
}

/** Refuses bodies that a plain HTML form could send; only scripts of the page itself can send JSON. */
export const jsonOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type') ?? ''
  if (c.req.method !== 'GET' && !/^application\/json\b/i.test(type))
    return c.json({ error: 'Send JSON, with content-type: application/json.' }, 415)
  await next()
}

function isLoopback(address: string): boolean {
  return URL.canParse(address) && LOOPBACK.has(new URL(address).hostname)
}

function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`
}
