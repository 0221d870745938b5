import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { findChromium, openBrowser } from './chromium.ts'
import { type RunningProduct, startProduct, startWithAccounts } from './product.ts'
import { expectFocus, expectText, NARROW, openVisitor, type Visitor, WIDE } from './visitor.ts'

const executablePath = findChromium()
const HOSTILE = '<img src=x onerror="window.ran=1"> <@U123> <!channel> & <b>予約</b> がとれない'

if (!executablePath) test.skip('needs a browser: install Chromium, or name one in CHROMIUM_PATH')

describe.skipIf(!executablePath)('the product, lived at the page', () => {
  let folder: string
  let port: number
  let product: RunningProduct
  let browser: Browser
  let aya: Visitor
  let kenta: Visitor

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'matane-browser-'))
    port = await freePort()
    product = await startProduct(folder, port)
    browser = await openBrowser(executablePath ?? '')
    aya = await openVisitor(browser, product.origin)
    kenta = await openVisitor(browser, product.origin)
    await aya.asCustomer('佐藤 花子')
    await aya.asStaff('彩')
    await kenta.asStaff('健太')
  })

  afterEach(() => {
    expect([...aya.faults(), ...kenta.faults()]).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await product?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const card = (visitor: Visitor) => visitor.post('佐藤 花子')

  test('whoever adds the account is welcomed by name with an empty card', async () => {
    await aya.page.getByTestId('follow').first().press('Enter')
    await aya.heard('佐藤 花子 様').waitFor()
    await aya.heard('0 / 10').waitFor()
    await expectFocus(aya.page.getByTestId('chat'))
  })

  test('the code at the counter is under the keyboard after a scan, waits at its phone, and gives a stamp once it is sent', async () => {
    await aya.scan('kichijoji')
    await expectFocus(aya.page.getByTestId('line-input'))
    await aya.asCustomer('田中 健')
    await aya.asCustomer('佐藤 花子')
    await aya.page.getByTestId('line-input').press('Enter')
    await aya.heard('1 / 10').waitFor()
    await aya.heard('すすめたい').waitFor()
  })

  test('a 3 is before the staff’s eyes without anybody looking for it', async () => {
    await aya.tap('3')
    await card(kenta).waitFor()
    await expectText(card(kenta), /要対応[\s\S]*3点[\s\S]*来店 1 回/)
  })

  test('what a customer writes is shown as it was written, runs nothing and calls nobody', async () => {
    await aya.say(HOSTILE)
    await aya.heard('お聞かせくださり').waitFor()
    await expectText(card(aya), HOSTILE)
    expect(
      await aya.page.locator('img[src="x"], .sl-mention:has-text("U123"), .sl-mention:has-text("channel")').count()
    ).toBe(0)
    expect(await aya.page.evaluate(() => 'ran' in window)).toBe(false)
  })

  test('of two who claim at once one has it, and the other is told who', async () => {
    const claim = (visitor: Visitor) => card(visitor).getByTestId('action-follow_up.claim').press('Enter')
    await Promise.all([claim(aya), claim(kenta)])
    await expectText(card(aya), /担当@(彩|健太)/)
    const ayaHasIt = /担当@彩/.test((await card(aya).textContent()) ?? '')
    const [winner, loser] = ayaHasIt ? [aya, kenta] : [kenta, aya]
    await loser.post(`すでに @${ayaHasIt ? '彩' : '健太'} さんが担当しています`).waitFor()
    expect(await winner.slack.getByText('すでに').count()).toBe(0)
    await expectFocus(card(winner))
  })

  test('tags and a snooze show on the card', async () => {
    await card(aya).getByTestId('action-follow_up.tag').click()
    await aya.modal.getByTestId('action-value').last().fill('予約、常連')
    await aya.page.getByTestId('modal-submit').click()
    await expectText(card(aya), /予約 常連|常連 予約/)
    await card(aya).getByTestId('action-follow_up.snooze').selectOption('3d')
    await expectText(card(aya), /スヌーズ中/)
  })

  test('resolving asks how it ended, folds the card to a line, and can be undone', async () => {
    await card(aya).getByTestId('action-follow_up.resolve').click()
    await expectFocus(aya.modal.getByRole('radio').first())
    await aya.page.getByTestId('modal-submit').click()
    await aya.modal.getByRole('alert').waitFor()
    await aya.modal.getByText('引き留めできた').click()
    await aya.modal.locator('textarea').fill('<b>席</b>をお取りした')
    await aya.page.getByTestId('modal-submit').click()
    await expectText(card(aya), /✅ 解決[\s\S]*引き留めできた[\s\S]*<b>席<\/b>をお取りした/)
    expect(await card(aya).getByRole('button', { name: 'タグ' }).count()).toBe(0)
    await card(aya).getByTestId('action-follow_up.reopen').click()
    await expectText(card(aya), /要対応/)
  })

  test('in the thread, words to @matane do what the buttons do', async () => {
    await card(aya).getByTestId('open-thread').click()
    await aya.page.getByTestId('thread-input').fill('@matane 解決 様子見 お電話しました')
    await aya.page.getByTestId('thread-input-send').click()
    await expectText(card(aya), /✅ 解決[\s\S]*様子見/)
    await aya.page
      .getByTestId('thread')
      .getByText(/さんが解決しました。結果: 様子見/)
      .waitFor()
  })

  test('guests and channels shared with others get no customer’s data, and are told why', async () => {
    await kenta.asStaff('美和')
    await kenta.inChannel('general')
    expect(await kenta.page.getByTestId('channel-cs-alerts').count()).toBe(0)
    await kenta.write('/kpi nps 今月')
    await kenta.post('ゲストの方は').waitFor()
    await kenta.asStaff('彩')
    await kenta.inChannel('partner')
    await kenta.write('/kpi nps 今月')
    await kenta.post('社外と共有されている').waitFor()
    await expectText(card(aya), /✅ 解決/)
  })

  test('figures are answered with n, the period and the definition', async () => {
    await aya.inChannel('kpi')
    await aya.write('/kpi nps 今月')
    await expectText(aya.post('NPS'), /NPS −?\d+[\s\S]*\d+名[\s\S]*定義/)
    await aya.write('/kpi 継続率 先月')
    await expectText(aya.post('継続率'), /継続率 \d+\.\d%[\s\S]*\d+名[\s\S]*定義/)
  })

  test('a code that was kept for an hour is refused; a day later the next stamp is given', async () => {
    await aya.scan('kamakura')
    await aya.advance('1h')
    await aya.page.getByTestId('line-send').click()
    await aya.heard('有効時間が過ぎていました').waitFor()
    await aya.advance('1d')
    await aya.scan('kamakura')
    await aya.page.getByTestId('line-send').click()
    await aya.heard('2 / 10').waitFor()
    await expectText(aya.page.getByTestId('clock'), /実際より1日先です/)
  })

  test('a message that is taken back leaves the chat and the card; who blocks gets nothing more', async () => {
    await aya.inChannel('cs-alerts')
    await aya.asCustomer('鈴木 美咲')
    await aya.say('もう解約したいです')
    await expectText(aya.post('鈴木 美咲'), /もう解約したいです/)
    await aya.page.getByTestId('unsend').click()
    await expectText(aya.post('鈴木 美咲'), /送信を取り消しました/)
    for (const side of [aya.phone, aya.slack]) expect(await side.getByText('もう解約したいです').count()).toBe(0)
    await aya.page.getByTestId('block').click()
    await aya.page.getByText('ブロック中です').waitFor()
  })

  test('a new customer’s name is only a name, whatever is in it', async () => {
    await aya.page.getByTestId('add-person').click()
    await aya.page.getByTestId('person-name').fill('<u>*彩*</u> & <!here>')
    await aya.page.getByTestId('person-add').click()
    await aya.page.getByTestId('follow').first().click()
    await aya.heard('0 / 10').waitFor()
    await aya.say('退会したい')
    await aya.post('<u>*彩*</u> & <!here>').waitFor()
    expect(await aya.page.locator('#app u').count()).toBe(0)
  })

  test('the page speaks English as well', async () => {
    await aya.page.getByTestId('language').click()
    await aya.page.getByRole('heading', { name: 'Matane sandbox' }).waitFor()
    expect(await aya.page.locator('html').getAttribute('lang')).toBe('en')
    await aya.page.getByTestId('language').click()
  })

  test('a narrow window shows one side at a time and nothing beside it', async () => {
    await aya.page.setViewportSize(NARROW)
    for (const side of ['slack', 'inspector', 'phone'] as const) {
      await aya.page.getByTestId(`tab-${side}`).click()
      await aya.page.getByTestId(side).waitFor({ state: 'visible' })
      expect(await aya.page.locator('main > :visible').count()).toBe(1)
      expect(await aya.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width)
    }
    await aya.page.setViewportSize(WIDE)
  })

  test('after Ctrl-C and a new start everything is where it was, and an open page finds its way back', async () => {
    await aya.asCustomer('佐藤 花子')
    // A page that held the server up would be cut off in the end; one that is told reads its stream to the end.
    const stream = (await fetch(`${product.origin}/sandbox/stream`)).text()
    expect(await product.stop()).toBe(0)
    expect(await stream).toContain('event: alive')
    product = await startProduct(folder, port)
    // A page that is open notices that the server was away: those errors are its browser's.
    const later = await openVisitor(browser, product.origin)
    await later.asCustomer('佐藤 花子')
    await later.heard('2 / 10').waitFor()
    await expectText(card(later), /✅ 解決[\s\S]*様子見/)
    await later.say('スタンプ')
    await aya.phone.getByTestId('message-mine').getByText('スタンプ', { exact: true }).waitFor()
    expect(later.faults()).toEqual([])
    for (const visitor of [aya, kenta]) {
      expect(visitor.faults().filter((fault) => !/ERR_CONNECTION|ERR_INCOMPLETE|502|503/.test(fault))).toEqual([])
    }
  })

  test('with real accounts it does not start on what the sandbox left', async () => {
    for (const visitor of [aya, kenta]) await visitor.page.close()
    await product.stop()
    const { ended, said } = await startWithAccounts(folder)
    expect(ended).toBe(1)
    expect(said).toMatch(/made-up customers of the sandbox.*MATANE_DATA_DIR/)
  })
})
