import { expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { createFakeLine } from '../line/index.ts'
import { demoLineId, isDemoLineId } from './line-ids.ts'

const accessToken = 'token'
const fake = createFakeLine({
  ...{ channelSecret: 'secret', accessToken, botId: '@demo' },
  now: () => new Date(),
  isElsewhere: isDemoLineId,
  deliver: () => Promise.resolve(new Response())
})
const push = (to: string, messages: object[] = [{ type: 'text', text: 'お久しぶりです' }]) =>
  fake.fetch(
    new Request('http://line.example/v2/bot/message/push', {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to, messages })
    })
  )

test('what a flow sends to a customer of the demo is taken, though nobody sees their phone', async () => {
  const to = demoLineId(newId())
  expect((await push(to)).status).toBe(200)
  expect((await push(to, [{ type: 'text', text: '' }])).status).toBe(400)
})

test('a stranger’s id is refused as ever', async () => {
  expect(isDemoLineId(`U${newId().replaceAll('-', '')}`)).toBe(false)
  expect((await push('U0123456789abcdef0123456789abcdef')).status).toBe(400)
})
