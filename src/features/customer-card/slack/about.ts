import type { Locale } from '../../../core/locale.ts'
import { escapeMrkdwn } from '../../../platform/slack/index.ts'
import type { ConsentGlance } from '../../consent/index.ts'

interface AboutTexts {
  readonly label: string
  readonly purposes: Readonly<Record<ConsentGlance['purposes'][number]['purpose'], string>>
  readonly notAsked: string
  readonly frequency: Readonly<Record<ConsentGlance['frequency'], string | undefined>>
  readonly genders: Readonly<Record<string, string>>
}

const TEXTS: Readonly<Record<Locale, AboutTexts>> = {
  ja: {
    label: '同意',
    purposes: { research: 'アンケート', marketing: 'お得情報', profiling: '分析' },
    notAsked: '(未確認)',
    frequency: { normal: undefined, less: '回数は少なめ', coupons: 'クーポンだけ', stop: '配信停止' },
    genders: { female: '女性', male: '男性' }
  },
  en: {
    label: 'Consent',
    purposes: { research: 'surveys', marketing: 'offers', profiling: 'analysis' },
    notAsked: '(not asked)',
    frequency: { normal: undefined, less: 'less often', coupons: 'coupons only', stop: 'stopped' },
    genders: { female: 'Female', male: 'Male' }
  }
}

/** What a customer agrees to, and how often they want to hear from us. */
export function consentText({ purposes, frequency }: ConsentGlance, locale: Locale): string {
  const texts = TEXTS[locale]
  const told = purposes.map(({ purpose, allowed, asked }) => {
    return `${allowed ? '⭕' : '❌'} ${texts.purposes[purpose]}${asked ? '' : texts.notAsked}`
  })
  const often = texts.frequency[frequency]
  return `*${texts.label}*\n${told.join('\n')}${often ? `\n🔕 ${often}` : ''}`
}

/** Birthday, gender and prefecture, as far as they are known, in one line; undefined when none is. */
export function personText(attributes: ReadonlyMap<string, string>, locale: Locale): string | undefined {
  const gender = attributes.get('gender')
  const parts = [
    attributes.has('birthday') ? `🎂 ${attributes.get('birthday')}` : undefined,
    gender && (TEXTS[locale].genders[gender] ?? undefined),
    attributes.get('prefecture')
  ].flatMap((part) => part ?? [])
  return parts.length > 0 ? escapeMrkdwn(parts.join(locale === 'ja' ? ' ・ ' : ' · ')) : undefined
}
