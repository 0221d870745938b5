import { describe, expect, test } from 'vitest'
import { recordLog } from '../../../test/support/log.ts'
import { createFakeSlack } from '../../sandbox/slack/index.ts'
import { slackClients } from './clients.ts'
import { slackFiles } from './files.ts'

const API = 'http://slack.test/api/'
const TOKEN = 'xoxb-test'

/** A workspace with one file in it; every address that was fetched, with the token it was shown. */
function setUp({ botToken = TOKEN } = {}) {
  const asked: { url: string; token: string | null }[] = []
  const fake = createFakeSlack({
    ...{ signingSecret: 's', botToken: TOKEN, now: () => new Date(), apiUrl: () => API },
    deliver: async () => new Response()
  })
  const fetch: typeof globalThis.fetch = (url, init) => {
    const request = new Request(url, init)
    asked.push({ url: request.url, token: request.headers.get('authorization') })
    return fake.fetch(request)
  }
  const slack = { botToken, apiUrl: API }
  const clients = slackClients({ slack, log: recordLog(), fetch })
  const { id: owner } = fake.addMember({ name: '店長' })
  const id = fake.addFile(owner, { name: 'visits.csv', bytes: new TextEncoder().encode('a,b\n1,2\n') })
  return { asked, fake, id, files: slackFiles(clients, { slack, fetch }) }
}

async function textOf(bytes: AsyncIterable<Uint8Array> | string): Promise<string> {
  if (typeof bytes === 'string') return bytes
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return new TextDecoder().decode(Buffer.concat(pieces))
}

describe('a file in Slack', () => {
  test('is found with its name and size, and read with the app’s token', async () => {
    const { files, id, asked } = setUp()
    const file = await files.find(id)
    expect(file).toMatchObject({ id, name: 'visits.csv', sizeBytes: 8 })
    if (typeof file === 'string') throw new Error(file)
    expect(await textOf(await files.read(file))).toBe('a,b\n1,2\n')
    expect(asked.at(-1)).toEqual({ url: file.url, token: `Bearer ${TOKEN}` })
  })

  test('that is not there, or is no more when it is read, is gone', async () => {
    const { files, id, fake } = setUp()
    expect(await files.find('F404')).toBe('gone')
    const file = await files.find(id)
    fake.deleteFile(id)
    if (typeof file === 'string') throw new Error(file)
    expect(await files.read(file)).toBe('gone')
  })

  test('that the app may not read says so, whether Slack refuses or shows its page for signing in', async () => {
    const { files, id, fake } = setUp()
    fake.faults.failNext('files.info', { kind: 'error', error: 'missing_scope' })
    expect(await files.find(id)).toBe('no_scope')
    const stranger = setUp({ botToken: 'xoxb-other' })
    const url = `${API}files-pri/${stranger.id}`
    expect(await stranger.files.read({ id, name: '', sizeBytes: 1, url })).toBe('no_scope')
  })

  test.each([['rate limited'], ['out of order']])('is asked for again later when Slack is %s', async (what) => {
    const { files, id, fake } = setUp()
    const fault =
      what === 'rate limited'
        ? ({ kind: 'rate_limited', retryAfterSeconds: 1 } as const)
        : ({ kind: 'status', status: 503 } as const)
    fake.faults.failNext('files-pri/', fault)
    const file = await files.find(id)
    if (typeof file === 'string') throw new Error(file)
    await expect(files.read(file)).rejects.toMatchObject({ name: 'DeliveryError', retry: 'later' })
    expect(await textOf(await files.read(file))).toBe('a,b\n1,2\n')
  })

  test.each([
    'https://evil.example.com/files-pri/F1',
    'https://notslack.com/F1',
    'http://files.slack.com/F1',
    'https://slack.com.evil.example/F1',
    'no address'
  ])('the token is shown to nobody else: %s', async (url) => {
    const { files, asked } = setUp()
    expect(await files.read({ id: 'F1', name: 'x.csv', sizeBytes: 1, url })).toBe('gone')
    expect(asked).toEqual([])
  })
})
