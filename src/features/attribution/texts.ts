import type { Locale } from '../../core/locale.ts'

/** What somebody reads who came by a poster or a link and said hello. */
export const TEXTS: Readonly<Record<Locale, { readonly hello: string; readonly help: string }>> = {
  ja: {
    hello:
      'はじめまして。見つけてくださり、ありがとうございます。\nご用がありましたら、このままお送りください。「ヘルプ」で、できることをご案内します。',
    help: 'ヘルプ'
  },
  en: {
    hello:
      'Hello, and thank you for finding us.\nIf there is anything we can do, just write it here. "help" tells you what is possible.',
    help: 'help'
  }
}
