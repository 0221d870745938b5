import type { Locale } from '../../core/locale.ts'
import type { LineHandlers, LineTurn } from '../../platform/line/index.ts'
import { chooseLocale, lineIdentity } from '../customers/index.ts'
import { recordFact } from '../events/index.ts'
import { changeConsent } from './change-consent.ts'
import { changeFrequency } from './change-frequency.ts'
import { currentPolicy } from './definition.ts'
import type { Frequency } from './rules/contact.ts'
import { toAsk } from './rules/definition.ts'
import { wishIn } from './rules/words.ts'
import { frequenciesOf, newestAnswers, UNDECIDED } from './store.ts'
import { TEXTS } from './texts.ts'
import {
  confirmation,
  consentPostback,
  consentsMessage,
  frequencyMessage,
  frequencyPostback,
  labelOf,
  languagePostback,
  menuMessage,
  pagePostback,
  type Settings,
  welcomeQuestion
} from './view.ts'

const PAGES = { menu: menuMessage, frequency: frequencyMessage, consents: consentsMessage } as const

/** The question in the welcome, and 設定: what a customer agrees to, how often we write, in which language. */
export const lineHandlers: LineHandlers = {
  follow: ask,
  knows: (text) => wishIn(text) !== undefined,
  texts: { word: takeWord },
  postbacks: [
    pagePostback.handler(async (turn, page) => turn.say(PAGES[page](await settingsOf(turn)))),
    frequencyPostback.handler(setFrequency),
    languagePostback.handler(setLanguage),
    consentPostback.handler(async (turn, { purpose, allow, version, from }) => {
      const { customer, work } = turn
      await changeConsent(work, { customerId: customer.id, purpose, allow, version, source: `line:${from}` })
      const label = labelOf(await settingsOf(turn), purpose)
      turn.say(confirmation(customer.locale, TEXTS[customer.locale].consentNow(label, allow)))
    })
  ]
}

/** Asks once: who has answered, wants no messages or blocks the account is left in peace. */
async function ask(turn: LineTurn): Promise<void> {
  const settings = await settingsOf(turn)
  const asked = toAsk(settings.policy, settings.answers)
  if (!asked || settings.frequency === 'stop') return
  const identity = await lineIdentity(turn.work.tx, turn.work.cipher, turn.customer.id)
  if (!identity?.blockedAt) turn.say(welcomeQuestion(settings, asked))
}

async function takeWord(turn: LineTurn, text: string): Promise<boolean> {
  const wish = wishIn(text)
  if (!wish) return false
  if (wish.do === 'menu') turn.say(menuMessage(await settingsOf(turn)))
  else await setFrequency(turn, wish.to)
  return true
}

async function setFrequency({ work, customer, say }: LineTurn, to: Frequency): Promise<void> {
  await changeFrequency(work, customer.id, to)
  say(confirmation(customer.locale, TEXTS[customer.locale].frequencyNow[to]))
}

async function setLanguage({ work, customer, say }: LineTurn, locale: Locale): Promise<void> {
  if (locale !== customer.locale) {
    await chooseLocale(work.tx, { customerId: customer.id, locale, at: work.now })
    await recordFact(work, {
      ...{ customerId: customer.id, name: 'preference.changed', at: work.now, source: 'matane' },
      ...{ sourceId: `${work.cause}:language`, properties: { language: locale } }
    })
  }
  say(confirmation(locale, TEXTS[locale].languageNow))
}

async function settingsOf({ work: { tx }, customer: { id, locale } }: LineTurn): Promise<Settings> {
  return {
    locale,
    policy: await currentPolicy(tx),
    answers: (await newestAnswers(tx, [id])).get(id) ?? new Map(),
    frequency: (await frequenciesOf(tx, [id])).get(id) ?? UNDECIDED
  }
}
