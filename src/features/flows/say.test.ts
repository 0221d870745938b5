import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { publish } from '../definitions/index.ts'

const db = useDatabase()
const BASE = 'https://matane.example.com'
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  Object.assign(world.scope, { linksAt: BASE })
  anna = await world.person('U-anna')
})

const flow = (steps: string, more = '') =>
  `{ id: news, kind: scenario, consent: service, trigger: { event: visit }, ${more} steps: [${steps}] }`
const words = (text: string) => `{ ja: '${text}', en: '${text}' }`
const MENU = 'https://shop.example.com/menu'
const button = (open = MENU, label = 'menu') => `{ label: ${words(label)}, open: '${open}' }`
const say = (id = 'hello', buttons = button()) =>
  `{ id: ${id}, do: say, text: ${words(`hello {customer.name}`)}, buttons: [${buttons}] }`
const visit = () => world.fact(anna, 'visit')
const urisOf = (messages: readonly object[]) =>
  [...JSON.stringify(messages).matchAll(/"uri":"([^"]*)"/g)].map(([, uri = '']) => uri)
const links = () => db().prisma.trackedLink.findMany({ orderBy: { step: 'asc' } })

describe('the buttons of what is said', () => {
  test('lead by us to what the file says, and tell the shop which flow it was', async () => {
    await world.publish(flow(say()))
    const [uri = ''] = urisOf(await visit())
    expect(uri).toMatch(/^https:\/\/matane\.example\.com\/r\/[\w-]{22}$/)
    const [run] = await db().prisma.flowRun.findMany()
    expect(await links()).toMatchObject([
      {
        ...{ customerId: anna, flow: 'news', step: 'hello', button: 1, runId: run?.id },
        target: `${MENU}?utm_source=line&utm_medium=message&utm_campaign=news`
      }
    ])
  })

  test('are the person’s own: no two customers have the same link', async () => {
    await world.publish(flow(say()))
    const emma = await world.person('U-emma')
    const uris = [...urisOf(await visit()), ...urisOf(await world.fact(emma, 'visit'))]
    expect(new Set(uris).size).toBe(2)
  })

  test('have links of their own each time that a step is passed', async () => {
    const wait = (id: string) => `{ id: ${id}, do: wait, for: 1d }`
    await world.publish(flow(`${say('again')}, ${wait('pause')}, { id: back, do: branch, next: [{ to: again }] }`))
    const uris = [...urisOf(await visit()), ...urisOf(await world.pass('24h')), ...urisOf(await world.pass('24h'))]
    expect(new Set(uris).size).toBe(3)
    expect(await links()).toHaveLength(3)
  })

  test('lead straight on, untracked, where customers do not reach us, and in what acts inside LINE', async () => {
    const own = 'https://line.me/R/nv/QRCodeReader'
    await world.publish(
      flow(say('hello', `${button()}, ${button(own, 'scan')}, ${button('tel:0422-00-0000', 'call')}`), 'utm: false,')
    )
    expect(urisOf(await visit())).toEqual([expect.stringContaining(BASE), own, 'tel:0422-00-0000'])
    Object.assign(world.scope, { linksAt: undefined })
    expect(urisOf(await visit())).toEqual([MENU, own, 'tel:0422-00-0000'])
    expect(await links()).toHaveLength(1)
  })

  test('are made with the message, or not at all: what is undone leaves none behind', async () => {
    await world.publish(flow(say()))
    const fails = world.perform(async (work) => {
      await work.announce({ customerId: anna, name: 'visit', at: work.now, source: 't', sourceId: '1', properties: {} })
      throw new Error('undone')
    })
    await expect(fails).rejects.toThrow('undone')
    expect(await links()).toEqual([])
  })
})

describe('what is said', () => {
  test('calls the customer by name on cards and buttons, in their language', async () => {
    const card = `{ layout: quote, title: ${words('for {customer.name}')}, body: { ja: こんにちは, en: Hello } }`
    await world.publish(flow(`{ id: c, do: say, card: ${card} }`))
    expect(await visit()).toMatchObject([{ type: 'flex', altText: 'こんにちは\nfor 佐藤 花子 様' }])
    const emma = await world.person('U-emma', 'en')
    expect(await world.fact(emma, 'visit')).toMatchObject([{ altText: expect.stringMatching(/^Hello\nfor /) }])
  })

  test('wears the colour and the name of the brand', async () => {
    const brand = { name: { ja: 'またね堂', en: 'Matane & Co.' }, colour: '#123456' }
    const body = { brand, shops: [{ id: 'aa', name: { ja: '店', en: 'Shop' } }] }
    await db().transaction((tx) => publish(tx, { kind: 'shops', key: 'shops', body, at: world.scope.now() }))
    await world.publish(flow(`{ id: c, do: say, card: { layout: coupon, title: ${words('T')}, body: ${words('B')} } }`))
    const json = JSON.stringify(await visit())
    expect(json).toContain('#123456')
    expect(json).toContain(brand.name.ja)
  })

  test('answers a customer in the same reply as what comes after it', async () => {
    const ask = `{ id: q, do: ask, text: ${words('how?')}, answer: { type: scale, min: 1, max: 3 }, timeout: { after: 1d, to: exit } }`
    await world.publish(flow(`${ask}, ${say()}, { id: bye, do: say, text: ${words('bye')} }`))
    const [question] = await visit()
    expect(textsOf(await world.tap('U-anna', dataOf(question, '3')))).toEqual(['flex', 'bye'])
    expect(await links()).toHaveLength(1)
  })
})
