import { customersFeature, nameColumns } from '../../src/features/customers/index.ts'
import { followUpsFeature, type NewReason, openFollowUp } from '../../src/features/follow-ups/index.ts'
import { settingsFeature } from '../../src/features/settings/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import type { Card, SlackIntent } from '../../src/platform/slack/index.ts'
import { testScope } from './queue.ts'
import { staffDesk } from './staff-desk.ts'

/** Customers who need somebody, and the desk at which staff look after them. */
export function followUpWorld(db: Database, more: readonly Feature[] = []) {
  const scope = testScope(db)
  const rooms = [customersFeature, followUpsFeature, ...more]
  const features = [...rooms, settingsFeature(rooms)]
  const desk = staffDesk(scope, features)
  let causes = 0
  return {
    scope,
    features,
    desk,
    travel(hours: number): void {
      scope.at = new Date(scope.at.getTime() + hours * 3_600_000)
    },
    async customer(name = '佐藤 花子'): Promise<string> {
      const data = { ...nameColumns(db.cipher, name), createdAt: scope.at }
      return (await db.prisma.customer.create({ data })).id
    },
    open(customerId: string, reason: Partial<NewReason> = {}) {
      const cause = reason.cause ?? `line:${++causes}`
      const whole = { kind: 'nps', priority: 'high', due: '24h', ...reason, customerId, cause } as const
      return desk.perform(cause, (work) => openFollowUp(work, whole))
    },
    /** Lets a timer of the follow-up fall due, as the clock does when its time has come. */
    async fire(kind: 'wake' | 'overdue' | 'redraw', id: string): Promise<void> {
      const name = `follow_up.${kind}:${id}`
      const timer = await db.prisma.timer.findUnique({ where: { name } })
      if (!timer || timer.dueAt > scope.at) return
      await db.prisma.timer.delete({ where: { name } })
      const run = followUpsFeature.timers?.[timer.kind]
      const due = { name, key: timer.key, dueAt: timer.dueAt, body: timer.body }
      await desk.perform(`timer:${name}@${timer.dueAt.toISOString()}`, async (work) => run?.(work, due))
    },
    async card(id: string): Promise<Card> {
      const card = await followUpsFeature.slack?.cards?.follow_up?.(desk.context, id)
      if (!card) throw new Error('There is no card')
      return card
    },
    /** Everything the card says, as one text. */
    async cardText(id: string): Promise<string> {
      return JSON.stringify((await this.card(id)).blocks)
    },
    row: (id: string) => db.prisma.followUp.findUniqueOrThrow({ where: { id } }),
    /** Lines logged in threads, oldest first. */
    async threads(): Promise<string[]> {
      return (await desk.intents()).filter(isThread).map(({ text }) => text)
    }
  }
}

export type FollowUpWorld = ReturnType<typeof followUpWorld>

const isThread = (intent: SlackIntent) => intent.kind === 'thread'
