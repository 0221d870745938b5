import type { Locale } from '../../core/locale.ts'
import type { PrivacyDemand } from './rules/delivery.ts'

type Text = (demand: { readonly source: string; readonly customer: string }) => string

/** What staff read in the alert channel of demands that are about nobody we can name, or about a whole shop. */
export const TEXTS: Readonly<Record<Locale, Readonly<Record<PrivacyDemand['kind'], Text>>>> = {
  ja: {
    data_request: ({ source, customer }) =>
      `🔐 ${source} から個人データの開示請求が届きました(ショップの顧客番号 ${customer})。このお客様の記録は見つかりませんでした。別の番号で記録があるときは、30日以内にご本人へお渡しください。`,
    erasure: ({ source, customer }) =>
      `🔐 ${source} から個人データの削除請求が届きました(ショップの顧客番号 ${customer})。このお客様の記録は見つからず、消すものはありませんでした。別の番号で記録があるときは、30日以内に削除してください。`,
    shop_erasure: ({ source }) =>
      `🔐 ${source} からショップデータの削除請求が届きました(アプリの連携が解除されています)。30日以内に、このショップから届いた記録の扱いをご確認ください。`
  },
  en: {
    data_request: ({ source, customer }) =>
      `🔐 ${source} passes on a customer's request for their data (customer ${customer} of the shop). Nobody here is known by that. If they are kept under another number, give them their data within 30 days.`,
    erasure: ({ source, customer }) =>
      `🔐 ${source} passes on a request to erase a customer's data (customer ${customer} of the shop). Nobody here is known by that: there was nothing to erase. If they are kept under another number, erase them within 30 days.`,
    shop_erasure: ({ source }) =>
      `🔐 ${source} asks to erase a shop's data (the app was taken off the shop). Within 30 days, decide what becomes of the records that came from it.`
  }
}
