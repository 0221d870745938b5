import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const WIDE = { width: 1440, height: 1000 }
/** Only so that a broken story ends: how fast things are is the benchmark's to say. */
const PATIENCE_MS = 45_000
export const NARROW = { width: 420, height: 900 }

/** Someone at the sandbox's page, who is the customer and the staff in turn. */
export interface Visitor {
  readonly page: Page
  readonly phone: Locator
  readonly slack: Locator
  readonly modal: Locator
  /** The alert card, or another message that holds these words; the newest of several. */
  post(words: string | RegExp): Locator
  /** What the shop said last that holds these words. */
  heard(words: string | RegExp): Locator
  asCustomer(name: string): Promise<void>
  asStaff(name: string): Promise<void>
  inChannel(name: string): Promise<void>
  say(words: string): Promise<void>
  /** Taps one of the quick replies. */
  tap(label: string): Promise<void>
  /** Holds the phone before the tablet at a counter: the code is in the composer then. */
  scan(shop: string): Promise<void>
  /** Writes into the channel: words, a slash command, a mention. */
  write(words: string): Promise<void>
  /** Moves the shop's clock: "1h", "1d", "3d" or "30d". */
  advance(step: string): Promise<void>
  /** Errors of the page and of its security policy so far; reading them forgets them. */
  faults(): string[]
}

/** Opens the page in a browser window of its own, which remembers nothing of others. */
export async function openVisitor(browser: Browser, origin: string, viewport = WIDE): Promise<Visitor> {
  const context = await browser.newContext({ viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const noted = noteFaults(page)
  await page.goto(origin)
  const phone = page.getByTestId('phone')
  const slack = page.getByTestId('slack')
  await phone.or(slack).first().waitFor()
  return {
    page,
    phone,
    slack,
    modal: page.getByTestId('modal'),
    post: (words) => slack.getByTestId('slack-message').filter({ hasText: words }).last(),
    heard: (words) => phone.getByTestId('message-shop').filter({ hasText: words }).last(),
    asCustomer: (name) => press(page, `person-${name}`, 'aria-pressed="true"'),
    asStaff: (name) => press(page, `staff-${name}`, 'aria-pressed="true"'),
    inChannel: (name) => press(page, `channel-${name}`, 'aria-current="page"'),
    async say(words) {
      await page.getByTestId('line-input').fill(words)
      await page.getByTestId('line-send').click()
    },
    tap: (label) => page.getByTestId('quick-replies').getByRole('button', { name: label, exact: true }).click(),
    scan: (shop) => scan(page, shop),
    async write(words) {
      await page.getByTestId('slack-input').fill(words)
      await page.getByTestId('slack-input-send').click()
    },
    advance: (step) => advance(page, step),
    faults: () => noted.splice(0)
  }
}

function noteFaults(page: Page): string[] {
  const noted: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) noted.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => noted.push(error.message))
  page.on('dialog', (dialog) => {
    noted.push(`A dialog opened: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return noted
}

/** Until the page shows it, what is under the hand belongs to the place before. */
async function press(page: Page, testId: string, pressed: string): Promise<void> {
  await page.getByTestId(testId).click()
  await page.locator(`[data-testid="${testId}"][${pressed}]`).waitFor()
}

async function scan(page: Page, shop: string): Promise<void> {
  await page.getByTestId('scan').click()
  await page.getByTestId(`shop-${shop}`).click()
  await page.getByTestId('counter-frame').contentFrame().locator('#qr').waitFor()
  await page.getByTestId('scan-now').click()
  await page.getByTestId('dialog-scan').waitFor({ state: 'detached' })
}

async function advance(page: Page, step: string): Promise<void> {
  const arrived = page.waitForResponse((response) => response.url().endsWith('/sandbox/clock'), {
    timeout: PATIENCE_MS
  })
  await page.getByTestId(`advance-${step}`).click()
  expect((await arrived).status()).toBe(200)
}

/** Waits until the keyboard acts on this: whoever has no mouse goes on from there. */
export async function expectFocus(locator: Locator): Promise<void> {
  const focused = () => locator.evaluate((element) => element === document.activeElement)
  await expect.poll(focused, { timeout: PATIENCE_MS, interval: 50 }).toBe(true)
}

/** Waits until a text is what it should be. */
export async function expectText(locator: Locator, words: string | RegExp): Promise<void> {
  await locator.waitFor()
  await expect.poll(() => locator.textContent(), { timeout: PATIENCE_MS, interval: 50 }).toMatch(words)
}
