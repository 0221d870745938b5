import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { member } from '../../../test/support/staff-desk.ts'

const db = useDatabase()
const AYA = member('UAYA')
let world: FollowUpWorld
let hanako: string

beforeEach(async () => {
  world = followUpWorld(db())
  hanako = await world.customer()
})

async function staff(roles: Readonly<Record<string, string>>): Promise<void> {
  const row = { teamId: 'T1', locale: 'ja', checkedAt: world.scope.at, roleSetBy: null }
  await db().prisma.staff.createMany({
    data: Object.entries(roles).map(([id, role]) => ({ id, name: id, role, ...row }))
  })
}
const lookedAfterBy = async (customer: string, id: string) => {
  const { id: followUp } = await world.open(customer)
  await world.desk.mention(AYA, `担当 <@${id}>`, { type: 'follow_up', id: followUp })
  return followUp
}
const resolve = (id: string) => world.desk.mention(AYA, '解決 様子見', { type: 'follow_up', id })
const assigneeOf = async ({ id }: { id: string }) => (await world.row(id)).assigneeId

test('who looked after the customer last has them again, and is asked by name under the card', async () => {
  await staff({ UAYA: 'cs', UKEN: 'cs' })
  await resolve(await lookedAfterBy(hanako, 'UKEN'))
  const opened = await world.open(hanako, { assign: 'last' })
  expect(await assigneeOf(opened)).toBe('UKEN')
  expect((await world.row(opened.id)).respondedAt).toBeNull()
  expect((await world.threads()).at(-1)).toBe(
    '👤 <@UKEN> さん、このお客様の対応をお願いします(自動で担当になりました)。'
  )
  expect(
    await db().prisma.followUpActivity.findMany({ where: { followUpId: opened.id, action: 'assign' } })
  ).toMatchObject([{ actor: 'matane' }])
})

test.each([
  ['is no staff any more', { UAYA: 'cs', UKEN: 'none' }],
  ['may only look on by now', { UAYA: 'cs', UKEN: 'viewer' }]
])('nobody has it when who looked after the customer last %s', async (_, roles) => {
  await staff(roles)
  await resolve(await lookedAfterBy(hanako, 'UKEN'))
  expect(await assigneeOf(await world.open(hanako, { assign: 'last' }))).toBeNull()
})

test('nobody has it when nobody ever looked after the customer, or when nothing is said', async () => {
  await staff({ UAYA: 'cs' })
  expect(await assigneeOf(await world.open(hanako, { assign: 'last' }))).toBeNull()
  expect(await assigneeOf(await world.open(await world.customer('田中'), { assign: 'none' }))).toBeNull()
  expect(await assigneeOf(await world.open(await world.customer('鈴木')))).toBeNull()
})

test('who has the fewest open ones is given the next; those that are resolved weigh nothing', async () => {
  await staff({ UAYA: 'cs', UKEN: 'cs', UBOSS: 'manager', UEYE: 'viewer' })
  await lookedAfterBy(await world.customer('一'), 'UAYA')
  await resolve(await lookedAfterBy(await world.customer('二'), 'UKEN'))
  await resolve(await lookedAfterBy(await world.customer('三'), 'UKEN'))
  expect(await assigneeOf(await world.open(hanako, { assign: 'least_busy' }))).toBe('UKEN')
})

test('managers are given one where there is nobody else, and nobody where there is no team', async () => {
  expect(await assigneeOf(await world.open(hanako, { assign: 'least_busy' }))).toBeNull()
  await staff({ UBOSS: 'manager', UEYE: 'viewer' })
  expect(await assigneeOf(await world.open(await world.customer('一'), { assign: 'least_busy' }))).toBe('UBOSS')
})

test('a follow-up that somebody has stays theirs; one that nobody has is given with the new reason', async () => {
  await staff({ UAYA: 'cs', UKEN: 'cs' })
  const taken = await lookedAfterBy(hanako, 'UAYA')
  await world.open(hanako, { assign: 'least_busy' })
  expect(await assigneeOf({ id: taken })).toBe('UAYA')
  const free = await world.open(await world.customer('田中'))
  expect(await world.open((await world.row(free.id)).customerId, { assign: 'least_busy' })).toMatchObject({
    how: 'added'
  })
  expect(await assigneeOf(free)).toBe('UKEN')
})
