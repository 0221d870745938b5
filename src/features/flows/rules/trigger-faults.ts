import { durationMs } from '../../../core/time.ts'
import type { Fault } from './references.ts'
import type { Flow, Trigger } from './schema.ts'
import { startOf } from './trigger.ts'

/** The ways in which a flow starts; a segment is one as well, where no schedule stands beside it. */
const WAYS = ['event', 'no', 'overdue', 'date', 'schedule', 'by_hand'] as const
/** What says more about a way, and means nothing beside another. */
const BELONGS = {
  ...{ where: 'event', for: 'no', at_least: 'overdue', at_most: 'overdue' },
  ...{ before: 'date', after: 'date', at: 'date' }
} as const satisfies Partial<Record<keyof Trigger, (typeof WAYS)[number]>>

/** Everything wrong with how a flow is entered that its schema can't state, besides its cron expression. */
export function entryFaults({ kind, consent, max_active, trigger }: Flow): Fault[] {
  const isLimited = kind === 'scenario' && consent !== 'service'
  const message = `a ${kind === 'survey' ? 'survey' : 'scenario of service'} is entered however many scenarios a customer is in: delete the line`
  return [
    ...triggerFaults(trigger),
    ...(max_active === undefined || isLimited ? [] : [{ path: ['max_active'], message }])
  ]
}

function triggerFaults(trigger: Trigger): Fault[] {
  const ways = waysOf(trigger)
  const [way, other] = ways
  if (!way) return [{ path: ['trigger'], message: NO_WAY }]
  if (other) return [fault(other, `a flow starts in one way: keep "${way}" or "${other}", and delete the other`)]
  return [...strayFaults(trigger, way), ...wayFaults(trigger, way)]
}

const NO_WAY =
  'say what starts the flow: event: visit, or no: visit with for: 30d, or overdue: 1.5, segment: …, date: birthday, schedule: "0 10 1 * *" with segment: …, or by_hand: true'

/** A segment is a way of its own, unless a schedule or another way stands beside it. */
function waysOf(trigger: Trigger): (keyof Trigger)[] {
  const ways: (keyof Trigger)[] = WAYS.filter((way) => trigger[way] !== undefined)
  return trigger.segment !== undefined && trigger.schedule === undefined ? [...ways, 'segment'] : ways
}

function strayFaults(trigger: Trigger, way: keyof Trigger): Fault[] {
  return Object.entries(BELONGS).flatMap(([key, owner]) =>
    Object.hasOwn(trigger, key) && owner !== way
      ? [fault(key, `"${key}" belongs to "${owner}", and means nothing beside "${way}": delete it`)]
      : []
  )
}

function wayFaults(trigger: Trigger, way: keyof Trigger): Fault[] {
  const { before, after, schedule, segment } = trigger
  if (way === 'no') return lengthFaults(trigger.for)
  if (way === 'schedule' && segment === undefined)
    return [fault('schedule', `"segment" is missing: name who is meant at "${schedule}"`)]
  if (before !== undefined && after !== undefined)
    return [fault('after', 'a day lies before the date or after it: keep "before" or "after", and delete the other')]
  const start = startOf(trigger)
  return start.by === 'overdue' && start.atLeastDays > start.atMostDays
    ? [
        fault(
          'overdue',
          `at_least (${start.atLeastDays}d) is more than at_most (${start.atMostDays}d): swap or correct them`
        )
      ]
    : []
}

const LONGEST_ABSENCE = '730d'

function lengthFaults(length: string | undefined): Fault[] {
  if (length === undefined)
    return [fault('no', '"for" is missing: say for how long it did not happen, such as for: 30d')]
  return durationMs(length) < durationMs('1h') || durationMs(length) > durationMs(LONGEST_ABSENCE)
    ? [fault('for', `write from 1h to ${LONGEST_ABSENCE}`)]
    : []
}

/** A flow stands on segments of files: those that managers make in Slack may end any day. */
export function segmentFaults({ trigger: { segment } }: Flow, known: readonly string[]): Fault[] {
  if (segment === undefined || known.includes(segment)) return []
  const others = known.length > 0 ? `write one of ${known.join(', ')}, or ` : ''
  return [fault('segment', `there is no segment "${segment}": ${others}make flows/segments/${segment}.yaml`)]
}

function fault(key: string, message: string): Fault {
  return { path: ['trigger', key], message }
}
