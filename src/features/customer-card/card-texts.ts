import type { Locale } from '../../core/locale.ts'
import type { Stage } from '../events/index.ts'

/** What staff read on a customer’s card and around it, in one language. */
export interface CardTexts {
  readonly help: string
  readonly usage: string
  readonly none: string
  readonly gone: string
  readonly staleButton: string
  readonly noRecord: string
  readonly inThread: (who: string) => string
  readonly title: string
  readonly listTitle: string
  readonly listIntro: string
  readonly listMore: string
  readonly choose: string
  readonly neverSeen: string
  readonly lastSeen: (day: string) => string
  readonly locale: Readonly<Record<Locale, string>>
  readonly since: (day: string) => string
  readonly line: Readonly<Record<'reachable' | 'none', string>> & { readonly blocked: (since: string) => string }
  readonly labels: Readonly<
    Record<
      'stage' | 'rfm' | 'value' | 'rhythm' | 'visits' | 'nps' | 'contacts' | 'source' | 'tags' | 'open' | 'answers',
      string
    >
  >
  readonly labelIdentities: string
  readonly kinds: Readonly<Record<string, string>>
  readonly stages: Readonly<Record<Stage, string>>
  readonly stageSince: (day: string) => string
  readonly noFigures: string
  readonly notRated: string
  readonly rfm: (recency: number, frequency: number, money: number) => string
  readonly value: (days90: string, days365: string, ever: string) => string
  readonly orders: (count: number) => string
  readonly gap: (mean: string, spread: string | undefined) => string
  readonly noGap: string
  readonly away: (days: number) => string
  readonly overdue: (ratio: string) => string
  readonly visits: (count: number) => string
  readonly points: (score: number) => string
  readonly firstTouch: (what: string) => string
  readonly lastTouch: (what: string) => string
  readonly sent: (count: number, clicked: number) => string
  readonly inquiries: (count: number, negatives: number) => string
  readonly nothing: string
  readonly followUp: (number: number) => string
  readonly due: (at: string) => string
  readonly answered: string
  readonly snoozed: (until: string) => string
  readonly assignee: (who: string) => string
  readonly nobody: string
  readonly flow: (name: string, since: string) => string
  readonly stampCard: (card: { title: string; number: number; stamps: number; goal: number }) => string
  readonly coupons: (count: number) => string
  readonly couponsEnd: (day: string) => string
  readonly resolved: (count: number) => string
  readonly timeline: string
  readonly noEvents: string
  readonly older: string
  readonly newest: string
  readonly viewed: string
  readonly masked: string
  readonly buttons: Readonly<Record<'tag' | 'followUp' | 'stamp' | 'voidStamp', string>>
  readonly save: string
  readonly back: string
  readonly close: string
  readonly tagTitle: string
  readonly followUpTitle: string
  readonly followUpSubmit: string
  readonly note: string
  readonly noteHint: string
  readonly noteMissing: string
  readonly stamp: StampTexts
  readonly voidStamp: VoidTexts
  readonly priority: string
  readonly priorities: Readonly<Record<'high' | 'normal', string>>
}

/** What is said about giving a stamp by hand. */
export interface StampTexts {
  readonly title: string
  readonly submit: string
  readonly reason: string
  readonly reasonHint: string
  readonly reasonMissing: string
  readonly programme: string
  readonly choose: string
  readonly noCard: string
  readonly noProgramme: string
  readonly limit: (limit: number) => string
  readonly given: (count: string) => string
}

/** What is said about taking a stamp back. */
export interface VoidTexts {
  readonly title: string
  readonly submit: string
  readonly stamp: string
  readonly choose: string
  readonly place: (card: number, position: number) => string
  readonly stampHint: string
  readonly reasonHint: string
  readonly none: string
  readonly refusals: { readonly gone: string; readonly void: string }
  readonly coupon: {
    readonly withdrawn: (serial: string) => string
    readonly used: (serial: string) => string
  }
}
