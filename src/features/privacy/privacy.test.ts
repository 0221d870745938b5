import { beforeEach, describe, expect, test, vi } from 'vitest'
import { actorsOf } from '../../../test/support/actors.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { useMatane } from '../../../test/support/matane.ts'
import { eraseCustomer, exportCustomer, shareExport } from './index.ts'

// A whole story each.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const db = useDatabase()
const world = useMatane(db)
let hanako: ReturnType<typeof actorsOf>['hanako']
let id: string

beforeEach(async () => {
  hanako = actorsOf(world()).hanako
  await hanako.follow()
  await hanako.scan('kichijoji')
  id = (await db().prisma.customer.findFirstOrThrow()).id
})

const perform: ReturnType<typeof world>['matane']['context']['perform'] = (cause, work) =>
  world().matane.context.perform(`${cause}:${crypto.randomUUID()}`, work)
const share = () => perform('share', (work) => shareExport(work, id, { kind: 'customer', id }))
const ask = (path: string, method: 'GET' | 'POST', language = 'ja') =>
  fetch(`${world().origin}${path}`, { method, headers: { 'accept-language': language } })
const actions = async () => (await db().prisma.audit.findMany({ orderBy: { seq: 'asc' } })).map(({ action }) => action)

describe('a link to what is kept', () => {
  test('shows a button, and nothing about anybody, to whoever only looks', async () => {
    const { path } = await share()
    const answer = await ask(path, 'GET')
    const page = await answer.text()
    expect([answer.status, page]).toEqual([200, expect.stringContaining('<button>表示する</button>')])
    expect(page).not.toContain('佐藤')
    expect(await actions()).not.toContain('customer.export_open')
  })

  test('shows all of it to whoever taps, in their language, and that is on record', async () => {
    const { path } = await share()
    const page = await (await ask(path, 'POST', 'en')).text()
    for (const words of ['<html lang="ja">', '佐藤 花子', hanako.userId, 'kichijoji', 'スタンプカード'])
      expect(page).toContain(words)
    expect((await actions()).slice(-2)).toEqual(['customer.export', 'customer.export_open'])
  })

  test('hands it over as a file for programs', async () => {
    const { path } = await share()
    const answer = await ask(`${path}?format=json`, 'POST')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"')
    expect(await answer.json()).toMatchObject({
      at: expect.any(String),
      customer: [{ name: '佐藤 花子' }],
      stamp: [{ shop: 'kichijoji' }]
    })
  })

  test('is neither cached, indexed, framed nor told to other sites, and runs no script', async () => {
    const { path } = await share()
    for (const method of ['GET', 'POST'] as const) {
      const { headers } = await ask(path, method)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-robots-tag')).toBe('noindex')
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'nonce-.*frame-ancestors 'none'$/
      )
    }
  })

  test('opens for three days', async () => {
    const { path, expiresAt } = await share()
    expect(expiresAt.getTime() - world().matane.context.scope.now().getTime()).toBeCloseTo(3 * 86_400_000, -6)
    await world().advance('71h')
    expect((await ask(path, 'POST')).status).toBe(200)
    await world().advance('2h')
    expect([(await ask(path, 'GET')).status, (await ask(path, 'POST')).status]).toEqual([404, 404])
  })

  test.each(['ja', 'en'])('that opens nothing says what to do, in %s', async (language) => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await ask(`/privacy/${'A'.repeat(43)}`, method, language)
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain(language === 'ja' ? 'このページは開けません' : 'can’t be opened')
    }
  })

  test('is kept as a hash only, and goes with its customer', async () => {
    const { path } = await share()
    const token = path.split('/').at(-1) ?? ''
    expect(token.length).toBe(43)
    expect(JSON.stringify(await db().prisma.privacyLink.findMany())).not.toContain(token)
    await perform('erase', (work) => eraseCustomer(work, id, { kind: 'customer', id }))
    expect((await ask(path, 'POST')).status).toBe(404)
    expect(await db().prisma.privacyLink.count()).toBe(0)
  })

  test('a name cannot write into the page', async () => {
    const nameSealed = db().cipher.seal('customer.name', '<script>alert(1)</script>')
    await db().prisma.customer.update({ where: { id }, data: { nameSealed } })
    const page = await (await ask((await share()).path, 'POST')).text()
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;script&gt;')
  })
})

test('of somebody we do not know there is nothing to show, and nobody to erase', async () => {
  const nobody = crypto.randomUUID()
  expect(await perform('export', (work) => exportCustomer(work, nobody))).toBeUndefined()
  expect(await perform('erase', (work) => eraseCustomer(work, nobody, { kind: 'system', id: 'matane' }))).toBe(false)
  expect(await actions()).not.toContain('customer.erase')
})

test('an erasure that fails half-way has erased nothing', async () => {
  const erasing = perform('erase', async (work) => {
    const personalData = [
      ...work.personalData,
      { ...work.personalData[0], tables: [], export: async () => ({}), erase: () => Promise.reject(new Error('no')) }
    ]
    return eraseCustomer({ ...work, personalData }, id, { kind: 'system', id: 'matane' })
  })
  await expect(erasing).rejects.toThrow('no')
  expect(await db().prisma.customer.count()).toBe(1)
  expect(await db().prisma.stamp.count()).toBe(1)
})
