import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8'
}

const FOLDER = join(import.meta.dirname, 'page')

/** No inline script, nothing from another origin but pictures: what a customer writes could not run if it got in. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** Serves the page's own files by name; the TypeScript ones without their types, as the browser wants them. */
export function pageFiles(): (name: string) => Response | undefined {
  const names = new Set(readdirSync(FOLDER).filter((name) => extname(name) in TYPES && !name.includes('.test.')))
  const cache = new Map<string, string>()
  return (name) => {
    if (!names.has(name)) return undefined
    const content = cache.get(name) ?? read(name)
    cache.set(name, content)
    return new Response(content, { headers: headersFor(name) })
  }
}

function read(name: string): string {
  const content = readFileSync(join(FOLDER, name), 'utf8')
  return extname(name) === '.ts' ? stripTypeScriptTypes(content) : content
}

function headersFor(name: string): Record<string, string> {
  return {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'cache-control': 'no-store',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin'
  }
}
