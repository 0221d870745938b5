import type { Locale } from '../../../core/locale.ts'

interface CounterTexts {
  readonly title: string
  readonly qr: string
  readonly hint: string
  readonly retrying: string
  readonly stale: string
  readonly missingTitle: string
  readonly missing: string
}

/** What the counter page says. It shows both languages at once: who stands before it changes. */
export const TEXTS: Readonly<Record<Locale, CounterTexts>> = {
  ja: {
    title: 'LINEでスタンプを押す',
    qr: 'スタンプを押すためのQRコード',
    hint: 'カメラかLINEで読み取って、送信してください。上の文字をLINEのトークに送っても押せます。',
    retrying: '通信が切れています。つながりしだい、新しいコードを表示します。',
    stale: '通信が切れているため、いまはスタンプを押せません。Wi-Fiをご確認ください。',
    missingTitle: 'このページは開けません',
    missing: 'アドレスが古いか、間違っています。お店の管理者から新しいアドレスを受け取って、開き直してください。'
  },
  en: {
    title: 'Get your stamp on LINE',
    qr: 'QR code for a stamp',
    hint: 'Scan it with your camera or LINE, then send. Sending the code above in our LINE chat works too.',
    retrying: 'The connection is lost. A new code appears as soon as it is back.',
    stale: 'No stamps right now, as the connection is lost. Please check the Wi-Fi.',
    missingTitle: 'This page can’t be opened',
    missing: 'Its address is old or wrong. Ask the manager of the shop for the new one and open that.'
  }
}
