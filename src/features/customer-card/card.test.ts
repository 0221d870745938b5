import { beforeEach, describe, expect, test } from 'vitest'
import {
  buttonIn,
  type CustomerCardWorld,
  customerCardWorld,
  modalIn,
  textIn
} from '../../../test/support/customer-card-world.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { publishLoyalty } from '../../../test/support/loyalty.ts'
import { member } from '../../../test/support/staff-desk.ts'
import { shippedTiers } from '../../../test/support/tier-world.ts'
import type { Work } from '../../platform/work.ts'
import { keepTouches } from '../attribution/index.ts'
import { changeConsent, changeFrequency } from '../consent/index.ts'
import { tellAttributes } from '../customers/index.ts'
import { publish } from '../definitions/index.ts'
import { recordAnswer } from '../surveys/index.ts'
import { viewCustomer } from './view-customer.ts'

const db = useDatabase()
const AYA = member('UAYA')
const BOSS = member('UBOSS', { role: 'manager' })
const GUEST = member('UVIEW', { role: 'viewer' })
const KENTA = member('UKENTA', { locale: 'en' })
let world: CustomerCardWorld
let hanako: string

beforeEach(() => {
  world = customerCardWorld(db())
})

/** Hanako, who came each month until September, wrote a bitter word, and has something to lose. */
async function withLife(): Promise<void> {
  hanako = await world.customer('佐藤 花子')
  await publishLoyalty(db())
  for (const at of ['2026-07-01T03:00:00Z', '2026-08-01T03:00:00Z', '2026-09-01T03:00:00Z'])
    await world.fact(hanako, 'visit', { at: new Date(at), shop: 'kamakura' })
  await world.fact(hanako, 'order.completed', {
    ...{ at: new Date('2026-09-01T03:00:00Z'), properties: { order_id: 'A1', amount: 4_820 } }
  })
  await world.desk.perform('answer', async (work) => {
    const survey = { survey: 'nps', definitionId: hanako, runId: hanako, startedAt: work.now, visit: 1 }
    const given = { customerId: hanako, ...survey, measure: undefined, ownWords: true }
    await recordAnswer(work, { ...given, question: 'why', value: '店長の態度が失礼' })
  })
  await world.openFollowUp(hanako, { score: 3 })
}

describe('the card of a customer', () => {
  test('tells who they are, what they are worth, their rhythm and what goes on', async () => {
    await withLife()
    const text = textIn(await world.open(AYA, hanako))
    for (const told of [
      ...['佐藤 花子 様', 'LINEはつながっていません', hanako],
      ...['90日 ¥4,820', '累計 ¥4,820', '(購入 1 件)', '平均 31.0 ± 0.0 日おき', '前回から 81 日(いつもの 2.6 倍)'],
      ...['3 回', 'フォロー #1', '担当 未定', 'タグ*\\nなし']
    ])
      expect(text).toContain(told)
  })

  test('tells the tier, to viewers too, and nothing of it where there are none', async () => {
    await withLife()
    expect(textIn(await world.open(GUEST, hanako))).not.toContain('🏅')
    const body = shippedTiers()
    await db().transaction((tx) => publish(tx, { kind: 'tiers', key: 'tiers', body, at: new Date('2026-01-01') }))
    expect(textIn(await world.open(GUEST, hanako))).toContain('🏅 レギュラー ・ あと¥7,180、またはご来店5回でシルバー')
  })

  test('says the same in English', async () => {
    await withLife()
    const text = textIn(await world.open(KENTA, hanako))
    for (const told of ['佐藤 花子', 'ever ¥4,820 (1 order)', 'every 31.0 ± 0.0 days', '(2.6 × the usual)', '3 visits'])
      expect(text).toContain(told)
    expect(text).not.toMatch(/[ぁ-ん]{3}/)
  })

  test('tells the timeline in kind words, the newest first, and custom events by their own name', async () => {
    await withLife()
    await world.fact(hanako, '工房見学', { properties: {} })
    await world.fact(hanako, 'follow_up.opened', { properties: { kind: 'cancel_intent', priority: 'high' } })
    const lines = textIn(await world.open(AYA, hanako)).split('これまでのこと')[1] ?? ''
    expect(lines.indexOf('🔹 工房見学')).toBeLessThan(lines.indexOf('🛍 購入 — ¥4,820'))
    expect(lines).toContain('🚶 来店 — 鎌倉店')
    expect(lines).toContain('フォローを開始 — 解約・退会のご意向')
    expect(lines.indexOf('🛍 購入')).toBeLessThan(lines.lastIndexOf('🚶 来店'))
  })

  test('tells what they agree to, and who they are besides; a viewer is not told the latter', async () => {
    hanako = await world.customer('佐藤 花子')
    expect(textIn(await world.open(AYA, hanako))).toContain('お得情報(未確認)')
    await world.desk.perform('agree', async (work) => {
      await tellAttributes(work, [
        {
          ...{ customerId: hanako, at: work.now, by: 'pos:1' },
          attributes: [
            { name: 'birthday', value: '1990-05-12', coarse: '05-12' },
            { name: 'gender', value: 'female', coarse: 'female' },
            { name: 'prefecture', value: '東京都', coarse: '東京都' }
          ]
        }
      ])
      await changeConsent(work, { customerId: hanako, purpose: 'marketing', allow: true, source: 'line:settings' })
      await changeConsent(work, { customerId: hanako, purpose: 'research', allow: false, source: 'line:settings' })
      await changeFrequency(work, hanako, 'coupons')
    })
    const text = textIn(await world.open(AYA, hanako))
    for (const told of ['⭕ お得情報', '❌ アンケート', '🔕 クーポンだけ', '🎂 1990-05-12 ・ 女性 ・ 東京都'])
      expect(text).toContain(told)
    const english = textIn(await world.open(KENTA, hanako))
    for (const told of ['⭕ offers', '🔕 coupons only', '🎂 1990-05-12 · Female']) expect(english).toContain(told)
    const forViewer = textIn(await world.open(GUEST, hanako))
    expect(forViewer).toContain('⭕ お得情報')
    for (const hidden of ['1990', '女性', '東京都']) expect(forViewer).not.toContain(hidden)
  })

  test('tells what brought them, the first time and the last', async () => {
    hanako = await world.customer()
    expect(textIn(await world.open(AYA, hanako))).not.toContain('きっかけ')
    const told = { customerId: hanako, source: 'web' }
    const early = { ...told, name: 'attribution.touched', at: new Date('2026-01-05T03:00:00Z'), sourceId: '1' }
    await db().transaction((tx) => keepTouches({ tx }, [{ ...early, properties: { ref: 'poster-a' } }]))
    expect(textIn(await world.open(AYA, hanako))).toContain('最初 poster-a (2026年1月5日)"')
    const properties = { utm_source: 'google', utm_campaign: '<!here>', variant: 'B' }
    const late = { ...told, name: 'page.viewed', at: world.scope.at, sourceId: '2', properties }
    await db().transaction((tx) => keepTouches({ tx }, [late]))
    const text = textIn(await world.open(AYA, hanako))
    expect(text).toContain('最近 google / &lt;!here&gt; / LP B (2026年11月21日)')
  })

  test('of somebody who never did anything says so, and of nobody that there is none', async () => {
    const text = textIn(await world.open(AYA, await world.customer()))
    expect(text).toContain('来店・購入の記録はまだありません')
    expect(text).toContain('記録はまだありません。')
    const gone = await world.open(AYA, crypto.randomUUID())
    expect(gone.modals).toEqual([])
    expect(gone.whispers[0]?.text).toContain('見つかりませんでした')
    expect((await world.open(AYA, 'x')).whispers[0]?.text).toContain('古くなった')
  })

  test('stays whole whatever names, tags and events hold', async () => {
    const odd = '*<!channel>_`</script>&amp;𠮷👩‍👧\u202e@here '
    hanako = await world.customer(odd.repeat(3))
    await db().prisma.customerTag.createMany({
      data: Array.from({ length: 20 }, (_, n) => ({
        ...{ customerId: hanako, tag: `${n}${odd}`.slice(0, 30), addedBy: 'test', addedAt: world.scope.at }
      }))
    })
    for (let n = 0; n < 11; n += 1) await world.fact(hanako, `${odd}${n}${'長'.repeat(80)}`.slice(0, 100))
    await world.fact(hanako, 'page.viewed', { properties: { path: '/'.repeat(500), utm_source: odd } })
    const [title, ...blocks] = modalIn(await world.open(BOSS, hanako)).blocks
    expect(title).toMatchObject({ type: 'header', text: { type: 'plain_text' } })
    const text = JSON.stringify(blocks)
    expect(text).not.toContain('<!channel>')
    expect(text).not.toMatch(/@here\b/)
  })
})

describe('who sees what', () => {
  beforeEach(async () => {
    await withLife()
    await world.desk.perform('tag', async (work) => {
      const data = { customerId: hanako, channel: 'email', externalHash: 'h', createdAt: work.now }
      const externalSealed = work.cipher.seal('identity.external', 'hanako@example.jp')
      await work.tx.identity.create({ data: { ...data, externalSealed } })
    })
  })

  test('a viewer sees no full name, no contacts, no words, and no buttons that change anything', async () => {
    const seen = await world.open(GUEST, hanako)
    const text = textIn(seen)
    expect(text).toContain('佐＊＊＊ 様')
    expect(text).not.toMatch(/花子|example\.jp|失礼/)
    expect(text).toContain('閲覧者には')
    expect(buttonIn(seen, 'customer.tag')).toBeUndefined()
    expect(buttonIn(seen, 'customer.follow_up')).toBeUndefined()
  })

  test('cs see the words and enough of a contact to compare it', async () => {
    const text = textIn(await world.open(AYA, hanako))
    expect(text).toContain('>店長の態度が失礼')
    expect(text).toContain('h＊＊＊@example.jp')
    expect(text).not.toContain('hanako@')
  })

  test('a manager sees contacts in full', async () => {
    expect(textIn(await world.open(BOSS, hanako))).toContain('hanako@example.jp')
  })

  test('words that were taken back are shown to nobody', async () => {
    await db().prisma.surveyAnswer.updateMany({ data: { textSealed: null, number: null } })
    expect(textIn(await world.open(BOSS, hanako))).not.toContain('最近の回答')
  })

  test('each look is on record, with who looked', async () => {
    await world.open(GUEST, hanako)
    await world.open(AYA, hanako)
    expect((await world.audit()).filter(({ customerId }) => customerId)).toEqual([
      { action: 'customer.card', actorId: 'UVIEW', customerId: hanako },
      { action: 'customer.card', actorId: 'UAYA', customerId: hanako }
    ])
  })
})

describe('the pages of the timeline', () => {
  test('lead through everything and back, ten a page, each on record', async () => {
    hanako = await world.customer()
    for (let n = 0; n < 24; n += 1) await world.fact(hanako, `custom${n}`)
    const names: string[] = []
    let seen = await world.open(AYA, hanako)
    for (let pages = 1; ; pages += 1) {
      const shown = textIn(seen).match(/custom\d+/g) ?? []
      names.push(...shown)
      expect(buttonIn(seen, 'customer.newest')).toBe(pages === 1 ? undefined : hanako)
      const older = buttonIn(seen, 'customer.older')
      if (older === undefined) break
      expect(shown).toHaveLength(10)
      seen = await world.desk.click(AYA, 'customer.older', { value: older })
    }
    expect(new Set(names).size).toBe(24)
    expect(names).toHaveLength(24)
    expect(await world.audit()).toHaveLength(3)
    expect(textIn(await world.desk.click(AYA, 'customer.newest', { value: hanako }))).toContain('custom23')
  })
})

test('a card takes the same number of statements, however much there is to tell', async () => {
  const counted = async (id: string) => {
    let statements = 0
    const counting = (tx: Work['tx']): Work['tx'] =>
      new Proxy(tx, {
        get(target, name) {
          const part: unknown = Reflect.get(target, name)
          if (typeof part === 'function' || part === null || typeof part !== 'object') return part
          return new Proxy(part, {
            get(model, method) {
              const call: unknown = Reflect.get(model, method)
              if (typeof call !== 'function') return call
              return (...args: unknown[]) => {
                statements += 1
                return Reflect.apply(call, model, args)
              }
            }
          })
        }
      })
    await world.desk.perform(`count ${id}`, (work) => viewCustomer({ ...work, tx: counting(work.tx) }, { id }, 'UAYA'))
    return statements
  }
  await withLife()
  const first = await counted(hanako)
  for (let n = 0; n < 30; n += 1) await world.fact(hanako, `custom${n}`)
  await db().prisma.customerTag.createMany({
    data: Array.from({ length: 15 }, (_, n) => ({
      ...{ customerId: hanako, tag: `t${n}`, addedBy: 'test', addedAt: world.scope.at }
    }))
  })
  expect(await counted(hanako)).toBe(first)
  expect(first).toBeLessThan(25)
})
