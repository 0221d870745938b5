import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { lineTurns } from '../../../test/support/line-turns.ts'
import { type TestScope, testScope } from '../../../test/support/queue.ts'
import type { Feature } from '../../platform/feature.ts'
import { customersFeature } from '../customers/index.ts'
import { attributionFeature, createRef, touchesOf } from './index.ts'

const db = useDatabase()
const HANAKO = 'U00000000000000000000000000000001'
let heard: string[]
let turns: ReturnType<typeof lineTurns>
let scope: TestScope

beforeEach(async () => {
  heard = []
  const listening: Feature = {
    name: 'listening',
    line: { texts: { rest: async (_turn, text) => heard.push(text) > 0 } }
  }
  scope = testScope(db())
  turns = lineTurns(scope, [customersFeature, listening, attributionFeature])
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  await db().transaction((tx) => createRef(tx, { code: 'poster-a', label: undefined, at: new Date(0) }))
  await turns.follow(HANAKO)
})

const touches = async () => touchesOf(db().prisma, await turns.customerId(HANAKO))
const said = async (text: string) => JSON.stringify(await turns.say(HANAKO, text))

describe('a text with a ref code', () => {
  test('that only says hello is thanked for, and nobody else is asked', async () => {
    expect(await said('はじめまして（ref: poster-a）')).toContain('見つけてくださり')
    expect(heard).toEqual([])
    expect(await touches()).toMatchObject({ first: { ref: 'poster-a' }, last: { ref: 'poster-a' } })
  })

  test('that says more goes on without the code', async () => {
    await said('席を予約したいです（ref: poster-a）')
    expect(heard).toEqual(['席を予約したいです'])
    expect(await touches()).toMatchObject({ first: { ref: 'poster-a' } })
  })

  test('sent again later moves the last touch and leaves the first, whoever brought them in between', async () => {
    await db().transaction((tx) => createRef(tx, { code: 'flyer', label: undefined, at: new Date(0) }))
    const anHourLater = (code: string) => {
      scope.at = new Date(scope.at.getTime() + 3_600_000)
      return said(`はじめまして（ref: ${code}）`)
    }
    await anHourLater('poster-a')
    await anHourLater('FLYER')
    expect(await touches()).toMatchObject({ first: { ref: 'poster-a' }, last: { ref: 'flyer' } })
    await anHourLater('poster-a')
    expect(await touches()).toMatchObject({ first: { ref: 'poster-a' }, last: { ref: 'poster-a' } })
    expect(await db().prisma.event.count({ where: { name: 'attribution.touched' } })).toBe(3)
  })

  test('that nobody made is answered as kindly, and kept nowhere', async () => {
    expect(await said('はじめまして（ref: nobody）')).toContain('見つけてくださり')
    expect(await touches()).toBeUndefined()
    expect(await db().prisma.event.count({ where: { name: 'attribution.touched' } })).toBe(0)
  })

  test.each([`はじめまして（ref: ${'a'.repeat(200)}）`, `（ref: '; DROP TABLE ref_code）`, '（ref: 1） さんへ'])(
    '%s is a text like any other',
    async (text) => {
      await said(text)
      expect(heard).toEqual([text])
      expect(await touches()).toBeUndefined()
    }
  )

  test('is not a command in disguise: a stamp word with a code shows what the word shows', async () => {
    expect(await said('ヘルプ（ref: poster-a）')).toContain('このトークでできること')
    expect(heard).toEqual([])
  })
})
