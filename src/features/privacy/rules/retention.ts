import { z } from 'zod'

const period = (what: string, usual: string) =>
  z
    .string()
    .regex(/^([1-9]\d{0,4}d|[1-9]\d?y|forever)$/, 'write a number of days or years such as 90d or 3y, or forever')
    .default(usual)
    .describe(what)

/** flows/privacy/retention.yaml: after how long what is kept about customers is forgotten by itself. */
export const RetentionDefinition = z
  .strictObject({
    events: period(
      'What happened: visits, orders, messages. The figures of customers are made from what is left.',
      '10y'
    ),
    answers: period('What customers wrote in surveys, from the answer on. Scores stay.', '3y'),
    notes: period('Customers’ words and staff’s notes in follow-ups, from the day they were resolved on.', '3y'),
    runs: period('How customers went through surveys and scenarios, from their end on.', '3y'),
    audit_details: period('Details in the audit log. Who did what, and when, stays.', '5y'),
    erased: period(
      'The keyed hash by which an erased person is not brought back by what is told late, or by an old file.',
      '3y'
    ),
    links: period('Links to what is kept, and to exports, from the day on which they open nothing any more.', '30d'),
    tapped_links: period(
      'Links in messages, from the message on: what was sent is told from what was tapped. An older one opens nothing.',
      '1y'
    ),
    uploads: period('Files that were brought in through Slack, from the day on which they came.', '7d')
  })
  .describe('How long what is kept about customers is kept.')
export type Retention = z.infer<typeof RetentionDefinition>

/** In force while nothing is published. */
export const DEFAULT_RETENTION: Retention = RetentionDefinition.parse({})

const DAY_MS = 86_400_000
const YEAR_DAYS = 365

/** What is older than this is forgotten; undefined = it is kept for ever. */
export function limitOf(period: string, now: Date): Date | undefined {
  if (period === 'forever') return undefined
  const days = Number.parseInt(period, 10) * (period.endsWith('y') ? YEAR_DAYS : 1)
  return new Date(now.getTime() - days * DAY_MS)
}
