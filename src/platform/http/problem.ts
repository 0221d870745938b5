import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Log } from '../scope.ts'

/** What went wrong with a request, for the machine or person that sent it (RFC 9457). */
export interface Problem {
  readonly status: ContentfulStatusCode
  readonly title: string
  /** What to do next. */
  readonly detail?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An application/problem+json response. */
export function problem(context: Context, { status, title, detail, headers }: Problem): Response {
  const body = { type: 'about:blank', title, status, ...(detail ? { detail } : {}) }
  return context.body(JSON.stringify(body), status, { ...headers, 'content-type': 'application/problem+json' })
}

/** Answers for handlers that threw: our own refusals as they are, anything else as 500 with the cause in the log only. */
export function answerErrors(log: Log): ErrorHandler {
  return (error, context) => {
    if (error instanceof HTTPException) {
      if (error.res) return error.res
      return problem(context, { status: error.status as ContentfulStatusCode, title: error.message || 'Refused' })
    }
    // The pattern, not the path: a path may hold a token, a query a key.
    log.error('A request failed', { method: context.req.method, route: routePath(context), error })
    return problem(context, {
      status: 500,
      title: 'Something went wrong on our side',
      detail: 'Nothing was lost. Try again in a moment.'
    })
  }
}

/** Answers where no route matches. */
export const answerUnknown: NotFoundHandler = (context) =>
  problem(context, { status: 404, title: 'There is nothing at this address' })
