import type { Context as HttpContext } from 'hono'
import type { Context, HttpEnv } from '../../platform/feature.ts'
import { addressOf, createAllowance, type Problem, problem, tooMany } from '../../platform/http/index.ts'
import { findSource, keyOfHeader, type WriteKey } from './find-source.ts'
import { BODY_MAX_BYTES, openBody } from './open-body.ts'
import { bagOf } from './rules/bag.ts'

/** Requests of a source: far above what a shop needs, far below what would keep others from being served. */
const SOURCE_RATE = { burst: 500, perMinute: 6_000 } as const
/** A browser's key is public: each address may use it about as much as a person clicks. */
const BROWSER_RATE = { burst: 60, perMinute: 120 } as const

type Http = HttpContext<HttpEnv>

/** A request of a source, with its body read; or the answer that turns it away. */
export type Entered =
  | { readonly key: WriteKey; readonly json: unknown; readonly refused?: never }
  | { readonly refused: Response }

/**
 * Where sources come in: each proves itself by its write key, and is slowed down when it asks too often. With a key in its
 * header a request is refused before its body is read.
 */
export function sourceDoor({ config }: Context): (http: Http) => Promise<Entered> {
  const sources = createAllowance(SOURCE_RATE)
  const browsers = createAllowance(BROWSER_RATE)
  const waitSeconds = (http: Http, { source, kind }: WriteKey) =>
    kind === 'browser' ? browsers(`${source} ${addressOf(http)}`) : sources(source)
  return async (http) => {
    const authorization = http.req.header('authorization')
    const early = authorization === undefined ? undefined : findSource(config.writeKeys, keyOfHeader(authorization))
    if (authorization !== undefined && !early) return { refused: problem(http, REFUSED.key) }
    const slowed = early && slowedDown(http, waitSeconds(http, early))
    if (slowed) return slowed
    const body = await openBody(http.req.raw)
    if (!body.ok) return { refused: problem(http, REFUSED[body.kind]) }
    if (early) return { key: early, json: body.json }
    const key = findSource(config.writeKeys, bagOf(body.json).writeKey)
    if (!key) return { refused: problem(http, REFUSED.key) }
    return slowedDown(http, waitSeconds(http, key)) ?? { key, json: body.json }
  }
}

function slowedDown(http: Http, seconds: number | undefined): Entered | undefined {
  return seconds ? { refused: tooMany(http, seconds) } : undefined
}

const REFUSED = {
  key: {
    status: 401,
    title: 'This write key is not known',
    detail: 'Send the key of your source as the user of Basic authorization, or as "writeKey" in the body.'
  },
  not_json: { status: 400, title: 'The body is not JSON', detail: 'Send JSON in UTF-8, as it is or gzipped.' },
  encoding: {
    status: 415,
    title: 'The body is packed in a way we do not know',
    detail: 'Send it as it is, or gzipped.'
  },
  too_large: {
    status: 413,
    title: 'The request is too large',
    detail: `At most ${BODY_MAX_BYTES} bytes are taken, unpacked; send it in parts.`
  }
} as const satisfies Record<string, Problem>
