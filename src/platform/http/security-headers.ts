import type { MiddlewareHandler } from 'hono'

const DEFAULTS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store'
}
const HSTS = 'max-age=31536000'

/**
 * Headers that keep a browser from doing more than a page needs. What a route has set itself stays: a page states its
 * own content-security-policy and cache-control. `publicUrl` with https adds Strict-Transport-Security.
 */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const headers = Object.entries({
    ...DEFAULTS,
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': HSTS } : {})
  })
  return async (context, next) => {
    await next()
    for (const [name, value] of headers) if (!context.res.headers.has(name)) context.res.headers.set(name, value)
  }
}
