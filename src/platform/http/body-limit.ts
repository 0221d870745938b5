import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problem } from './problem.ts'

/** LINE and Slack stay far below this; a batch of ingest events may have 500 KB. */
const MAX_BODY_BYTES = 1_048_576

/** Refuses a body that is too large before it is read; one of unknown length as soon as it grows too large. */
export function limitBody(maxBytes: number = MAX_BODY_BYTES): MiddlewareHandler {
  const refuse = (context: Context) =>
    problem(context, {
      status: 413,
      title: 'The request is too large',
      detail: `At most ${maxBytes} bytes are taken; send it in parts.`,
      headers: { connection: 'close' }
    })
  const whileReading = bodyLimit({ maxSize: maxBytes, onError: refuse })
  return (context, next) => {
    const length = context.req.header('content-length')
    const announced = length !== undefined && context.req.header('transfer-encoding') === undefined
    // Headers first: asking for the body would make a whole Request object, which every webhook would pay for.
    if (announced) return Number(length) <= maxBytes ? next() : Promise.resolve(refuse(context))
    return ['GET', 'HEAD'].includes(context.req.method) ? next() : whileReading(context, next)
  }
}
