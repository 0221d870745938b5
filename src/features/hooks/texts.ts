import type { Locale } from '../../core/locale.ts'
import type { PrivacyDemand } from './rules/delivery.ts'

type Text = (demand: { readonly source: string; readonly customer: string }) => string

/** What staff read in the alert channel. */
export const TEXTS: Readonly<Record<Locale, Readonly<Record<PrivacyDemand['kind'], Text>>>> = {
  ja: {
    data_request: ({ source, customer }) =>
      `🔐 ${source} から個人データの開示請求が届きました(ショップの顧客番号 ${customer})。30日以内に、このお客様について保存している内容を店舗からご本人へお渡しください。`,
    erasure: ({ source, customer }) =>
      `🔐 ${source} から個人データの削除請求が届きました(ショップの顧客番号 ${customer})。30日以内に、このお客様の記録の削除をご確認ください。`,
    shop_erasure: ({ source }) =>
      `🔐 ${source} からショップデータの削除請求が届きました(アプリの連携が解除されています)。30日以内に、このショップから届いた記録の扱いをご確認ください。`
  },
  en: {
    data_request: ({ source, customer }) =>
      `🔐 ${source} passes on a customer's request for their data (customer ${customer} of the shop). Within 30 days, give them what is kept about them.`,
    erasure: ({ source, customer }) =>
      `🔐 ${source} passes on a request to erase a customer's data (customer ${customer} of the shop). Within 30 days, see to it that their record is erased.`,
    shop_erasure: ({ source }) =>
      `🔐 ${source} asks to erase a shop's data (the app was taken off the shop). Within 30 days, decide what becomes of the records that came from it.`
  }
}
